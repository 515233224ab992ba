package io.godwit.connector.kafka.avro;

import io.godwit.core.type.codec.FieldReader;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary form of bytes that are there. Unlike Avro's own decoder it believes no length and no count that
 * goes beyond them, and takes no text that is not UTF-8.
 */
final class BoundedDecoder extends Decoder {
    private final byte[] bytes;
    private int at;

    BoundedDecoder(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    /** Where the next bytes lie, which are read with that. */
    private int take(long length) throws IOException {
        if (length < 0 || length > bytes.length - at) {
            throw new EOFException("it is cut off");
        }
        int from = at;
        at += (int) length;
        return from;
    }

    @Override
    public void readNull() {
        // has no bytes
    }

    @Override
    public boolean readBoolean() throws IOException {
        byte value = bytes[take(1)];
        if (value != 0 && value != 1) {
            throw new IOException("a boolean that is neither");
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if ((int) value != value) {
            throw new IOException("an int of more than 32 bits");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            long part = bytes[take(1)];
            if (shift == 63 && (part < 0 || part > 1)) {
                break;
            }
            zigzag |= (part & 0x7F) << shift;
            if (part >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
        throw new IOException("a long of more than 64 bits");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(Integer.reverseBytes(new FieldReader(bytes, take(4), 4).int4()));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(new FieldReader(bytes, take(8), 8).int8()));
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        long length = readLong();
        try {
            return new FieldReader(bytes, take(length), (int) length).text();
        } catch (InvalidValueException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void skipString() throws IOException {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        long length = readLong();
        return ByteBuffer.wrap(bytes, take(length), (int) length).slice();
    }

    @Override
    public void skipBytes() throws IOException {
        take(readLong());
    }

    @Override
    public void readFixed(byte[] to, int start, int length) throws IOException {
        System.arraycopy(bytes, take(length), to, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return block();
    }

    @Override
    public long arrayNext() throws IOException {
        return block();
    }

    @Override
    public long readMapStart() throws IOException {
        return block();
    }

    @Override
    public long mapNext() throws IOException {
        return block();
    }

    /** Elements of the next block. Of those that have no bytes it takes no more than of others. */
    private long block() throws IOException {
        long count = readLong();
        if (count < 0) {
            readLong(); // the block's bytes, for who skips it
            count = -count;
        }
        if (count < 0 || count > bytes.length - at) {
            throw new EOFException("a list that goes beyond its end");
        }
        return count;
    }

    /** Blocks of a known size are skipped whole; of the others it says how many elements are to be skipped. */
    private long skipBlock() throws IOException {
        long count = readLong();
        while (count < 0) {
            take(readLong());
            count = readLong();
        }
        if (count > bytes.length - at) {
            throw new EOFException("a list that goes beyond its end");
        }
        return count;
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlock();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlock();
    }
}
