package io.godwit.connector.postgresql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** One COPY of whole tuples into the server: header, tuples as they are, trailer. */
final class PostgresSinkCopy {
    /** PGCOPY and its odd bytes; no flags, no extension. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};

    private final CopyIn copy;

    private PostgresSinkCopy(CopyIn copy) {
        this.copy = copy;
    }

    static PostgresSinkCopy begin(PostgresSinkSession session, String sql) throws SQLException {
        CopyIn copy = session.jdbc().getCopyAPI().copyIn(sql);
        copy.writeToCopy(HEADER, 0, HEADER.length);
        return new PostgresSinkCopy(copy);
    }

    /** Sends tuples; an error of the server may be seen here, or later, or at the end. */
    void send(byte[] tuples, int offset, int length) throws SQLException {
        copy.writeToCopy(tuples, offset, length);
    }

    /** Waits until the server has taken all, and says how many rows it wrote. */
    long end() throws SQLException {
        copy.writeToCopy(TRAILER, 0, TRAILER.length);
        return copy.endCopy();
    }

    /** Breaks off; the transaction must then be undone. */
    static void cancel(@Nullable PostgresSinkCopy open) {
        if (open != null && open.copy.isActive()) {
            try {
                open.copy.cancelCopy();
            } catch (SQLException e) {
                // The server says that the COPY was broken off, which is what was asked.
            }
        }
    }

    /** One whole COPY. */
    static long all(PostgresSinkSession session, String sql, byte[] tuples, int offset, int length)
            throws SQLException {
        PostgresSinkCopy copy = begin(session, sql);
        try {
            copy.send(tuples, offset, length);
            return copy.end();
        } finally {
            cancel(copy);
        }
    }
}
