package io.godwit.core.row;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.expression.Row;
import java.util.Arrays;

/** Where the fields of a tuple lie. One object serves many tuples, one after the other. Not safe for threads. */
public final class TupleFields implements Row {
    private final int[] offsets;
    private final int[] lengths;
    private byte[] bytes = new byte[0];

    public TupleFields(int columns) {
        offsets = new int[columns];
        lengths = new int[columns];
    }

    /**
     * Looks at the tuple that lies there, which may be followed by others.
     *
     * @return the offset after the tuple
     * @throws GodwitException DEFECT where the bytes are not a tuple of that many columns
     */
    public int of(byte[] tuples, int offset, int limit) {
        int end = TupleWalk.end(tuples, offset, limit, offsets.length);
        if (end < 0) {
            throw new GodwitException(
                    ErrorCode.DEFECT, "a row's bytes are not a tuple of " + offsets.length + " columns", "");
        }
        bytes = tuples;
        int at = offset + 2;
        for (int field = 0; field < offsets.length; field++) {
            int length = (int) TupleWalk.INT.get(tuples, at);
            at += 4;
            offsets[field] = at;
            lengths[field] = length;
            at += Math.max(length, 0);
        }
        return end;
    }

    public int columns() {
        return offsets.length;
    }

    /** The array that holds the fields: the one that was given. */
    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean isNull(int field) {
        return lengths[field] < 0;
    }

    /** Where the field's bytes begin. */
    @Override
    public int offset(int field) {
        return offsets[field];
    }

    /** How many bytes the field has; -1: NULL. */
    @Override
    public int length(int field) {
        return lengths[field];
    }

    /** A copy of the field's bytes; empty for NULL. */
    public byte[] copy(int field) {
        return Arrays.copyOfRange(bytes, offsets[field], offsets[field] + Math.max(lengths[field], 0));
    }
}
