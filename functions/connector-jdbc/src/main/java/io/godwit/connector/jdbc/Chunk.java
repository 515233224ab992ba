package io.godwit.connector.jdbc;

import io.godwit.core.row.TupleFields;
import java.util.Arrays;

/** Tuples that lie side by side, kept until the target has taken them: of those that it refuses one must be found. */
public final class Chunk {
    private final TupleFields fields;
    private byte[] bytes = new byte[0];
    private int length;
    private int rows;
    /** Where each tuple begins, and after the last its end; empty until asked for. */
    private int[] starts = new int[0];

    /** @param columns of each tuple */
    public Chunk(int columns) {
        fields = new TupleFields(columns);
    }

    public void add(byte[] tuples, int offset, int size, int more) {
        if (size > bytes.length - length) {
            long wanted = Math.max((long) length + size, Math.min(2L * bytes.length, Integer.MAX_VALUE - 64L));
            bytes = Arrays.copyOf(bytes, Math.toIntExact(wanted));
        }
        System.arraycopy(tuples, offset, bytes, length, size);
        length += size;
        rows += more;
        starts = new int[0];
    }

    /** Empties it; what held large rows is let go. */
    public void clear(int keep) {
        if (bytes.length > keep) {
            bytes = new byte[0];
        }
        length = 0;
        rows = 0;
        starts = new int[0];
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public int rows() {
        return rows;
    }

    /** Where the row begins; of the row after the last: where the tuples end. */
    public int start(int row) {
        if (starts.length == 0) {
            starts = new int[rows + 1];
            for (int i = 0; i < rows; i++) {
                starts[i + 1] = fields.of(bytes, starts[i], length);
            }
        }
        return starts[row];
    }

    /** The fields of a row; valid until the next call. */
    public TupleFields fields(int row) {
        fields.of(bytes, start(row), length);
        return fields;
    }
}
