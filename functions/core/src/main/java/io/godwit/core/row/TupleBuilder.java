package io.godwit.core.row;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds tuples, one after the other, in one array that grows. Not safe for threads.
 *
 * <pre>
 * builder.begin(2).field(name).nullField();
 * consumer.row(builder.bytes(), 0, builder.length());
 * </pre>
 */
public final class TupleBuilder {
    private byte[] bytes = new byte[256];
    private int length;

    /** Begins a tuple of so many fields, and forgets the one before. */
    public TupleBuilder begin(int fields) {
        length = 2;
        bytes[0] = (byte) (fields >> 8);
        bytes[1] = (byte) fields;
        return this;
    }

    public TupleBuilder nullField() {
        room(4);
        TupleWalk.INT.set(bytes, length, -1);
        length += 4;
        return this;
    }

    /** Adds a field, or NULL. */
    public TupleBuilder field(byte @Nullable [] value) {
        return value == null ? nullField() : field(value, 0, value.length);
    }

    public TupleBuilder field(byte[] from, int offset, int size) {
        room(4 + (long) size);
        TupleWalk.INT.set(bytes, length, size);
        System.arraycopy(from, offset, bytes, length + 4, size);
        length += 4 + size;
        return this;
    }

    /** The array in which the tuple lies from 0: the builder's own, until the next call that adds. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** One tuple of the fields; null is NULL. */
    public static byte[] tuple(List<byte @Nullable []> fields) {
        TupleBuilder builder = new TupleBuilder().begin(fields.size());
        for (byte[] field : fields) {
            builder.field(field);
        }
        return builder.toByteArray();
    }

    private void room(long more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(length + more, 2L * bytes.length)));
        }
    }
}
