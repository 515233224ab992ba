package io.godwit.connector.postgresql;

import io.godwit.connector.RowConsumer;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Binary COPY without its wrapping. The server sends one message per row; the header (19 bytes) comes inside the first
 * one, the trailer (a field count of -1) as the last one, or behind the header where there are no rows.
 */
final class TupleStream {
    private static final int SIGNATURE_AND_FLAGS = 15;
    private static final int TRAILER = 2;

    private TupleStream() {}

    /** Hands over every row, in the buffer in which the driver received it. */
    static void copy(PgConnection session, String sql, int columns, RowConsumer rows) throws SQLException {
        CopyOut copy = session.getCopyAPI().copyOut(sql);
        boolean first = true;
        byte @Nullable [] message;
        while ((message = copy.readFromCopy()) != null) {
            int start = first ? headerLength(message) : 0;
            first = false;
            int fields = fields(message, start);
            if (fields == -1 && message.length - start == TRAILER) {
                continue; // what follows is the end, which the driver awaits
            }
            if (fields != columns) {
                throw unexpected("a row of " + fields + " columns instead of " + columns);
            }
            rows.row(message, start, message.length - start);
        }
    }

    private static int headerLength(byte[] message) throws PSQLException {
        if (message.length < SIGNATURE_AND_FLAGS + Integer.BYTES) {
            throw unexpected("no header");
        }
        return SIGNATURE_AND_FLAGS + Integer.BYTES + ByteBuffer.wrap(message).getInt(SIGNATURE_AND_FLAGS);
    }

    private static int fields(byte[] message, int start) throws PSQLException {
        if (message.length - start < Short.BYTES) {
            throw unexpected("a row of " + (message.length - start) + " bytes");
        }
        return (short) (message[start] << 8 | (message[start + 1] & 0xff));
    }

    private static PSQLException unexpected(String what) {
        return new PSQLException("binary COPY sent " + what, PSQLState.PROTOCOL_VIOLATION);
    }
}
