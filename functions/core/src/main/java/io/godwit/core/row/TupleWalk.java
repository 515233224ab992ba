package io.godwit.core.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where a tuple ends. Trusts no byte. */
final class TupleWalk {
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** The tuple goes on after the limit. */
    static final int RUNS_ON = -1;
    /** It has not the columns' number of fields, or a field of negative length. */
    static final int MALFORMED = -2;
    /** It is no tuple but a {@link ReaderRefusal}; see {@link #endOfRefusal}. */
    static final int REFUSAL = -3;

    private TupleWalk() {}

    /** The offset after the tuple that begins at {@code from}, or one of the constants. */
    static int end(byte[] bytes, int from, int limit, int columns) {
        if (limit - from < 2) {
            return RUNS_ON;
        }
        int fields = (bytes[from] << 8) | (bytes[from + 1] & 0xFF);
        if (fields != columns) {
            return fields == ReaderRefusal.MARK ? REFUSAL : MALFORMED;
        }
        return fieldsEnd(bytes, from + 2, limit, columns);
    }

    /** The offset after the refused row that begins at {@code from}, or one of the constants. */
    static int endOfRefusal(byte[] bytes, int from, int limit) {
        return fieldsEnd(bytes, from + 2, limit, ReaderRefusal.FIELDS);
    }

    private static int fieldsEnd(byte[] bytes, int from, int limit, int fields) {
        int at = from;
        for (int field = 0; field < fields; field++) {
            if (limit - at < 4) {
                return RUNS_ON;
            }
            int length = (int) INT.get(bytes, at);
            at += 4;
            if (length >= 0) {
                if (length > limit - at) {
                    return RUNS_ON;
                }
                at += length;
            } else if (length != -1) {
                return MALFORMED;
            }
        }
        return at;
    }
}
