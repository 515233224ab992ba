package io.godwit.core.type.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Reads a field's bytes in their order, integers big-endian. Never reads beyond the field: InvalidValueException. */
public final class FieldReader {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int limit;
    private int at;

    public FieldReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.limit = offset + length;
    }

    public int remaining() {
        return limit - at;
    }

    /** Requires that all was read. */
    public void end() {
        if (at != limit) {
            throw new InvalidValueException((limit - at) + " bytes too many");
        }
    }

    public byte int1() {
        return bytes[take(1)];
    }

    public short int2() {
        return (short) SHORT.get(bytes, take(2));
    }

    public int uint2() {
        return int2() & 0xFFFF;
    }

    public int int4() {
        return (int) INT.get(bytes, take(4));
    }

    public long int8() {
        return (long) LONG.get(bytes, take(8));
    }

    public float float4() {
        return Float.intBitsToFloat(int4());
    }

    public double float8() {
        return Double.longBitsToDouble(int8());
    }

    /** A count of elements that take {@code bytesEach} at least: never more than there can be. */
    public int count(int bytesEach) {
        int count = int4();
        if (count < 0 || count > remaining() / bytesEach) {
            throw new InvalidValueException("a count of " + count + " in " + remaining() + " bytes");
        }
        return count;
    }

    /** The next bytes, to be read on their own. */
    public FieldReader part(int length) {
        return new FieldReader(bytes, take(length), length);
    }

    /** Converts the next bytes, as a field of their own. */
    void convert(int length, FieldConverter converter, FieldWriter out) {
        converter.convert(bytes, take(length), length, out);
    }

    /** A copy of what is left. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, limit);
        at = limit;
        return rest;
    }

    /** What is left, as text. */
    public String text() {
        int length = remaining();
        return utf8(take(length), length);
    }

    /** Text up to the next zero byte, which is read too. */
    public String textToZero() {
        int from = at;
        while (int1() != 0) {
            // on to the end of the text
        }
        return utf8(from, at - 1 - from);
    }

    private String utf8(int offset, int length) {
        String text = new String(bytes, offset, length, UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try { // U+FFFD stands for itself, or for bytes that are not UTF-8
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new InvalidValueException("text that is not UTF-8");
        }
    }

    private int take(int length) {
        int from = at;
        if (length < 0 || length > limit - from) {
            throw new InvalidValueException(length + " bytes wanted, " + (limit - from) + " left");
        }
        at = from + length;
        return from;
    }
}
