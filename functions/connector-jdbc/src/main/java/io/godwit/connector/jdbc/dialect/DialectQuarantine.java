package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.QuarantineTable;
import io.godwit.connector.jdbc.sink.SinkQuarantine;
import io.godwit.connector.jdbc.sink.SinkTarget;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** What the server and its driver say of rows that they refuse. */
final class DialectQuarantine extends SinkQuarantine {
    static final QuarantineTable TABLE = new Table();

    private final DialectErrors errors;
    private @Nullable Savepoint saved;

    DialectQuarantine(JdbcSession session, DialectErrors errors, SinkTarget target) {
        super(session, TABLE, target);
        this.errors = errors;
    }

    /** No word for the bytes of a value is the same everywhere: they are kept beside it. */
    private static final class Table extends QuarantineTable {
        @Override
        public String moment() {
            return "refused_at";
        }

        @Override
        public String size() {
            return "row_bytes";
        }

        @Override
        public boolean keepsSize() {
            return true;
        }

        @Override
        public String first(int rows) {
            return "OFFSET 0 ROWS FETCH NEXT " + rows + " ROWS ONLY";
        }
    }

    /** By JDBC: SQL has several words for it. */
    @Override
    public void save() throws SQLException {
        saved = session.jdbc().setSavepoint("chunk");
    }

    /** Not every driver can, and the next one of that name takes its place. */
    @Override
    public void release() {
        saved = null;
    }

    @Override
    public void undo() throws SQLException {
        if (saved != null) {
            session.jdbc().rollback(saved);
            saved = null;
        }
    }

    @Override
    public boolean isOfRows(SQLException refusal) {
        return refusal instanceof SinkLoad.RowRefusal || errors.isOfRows(refusal);
    }

    @Override
    public int line(SQLException refusal) {
        if (refusal instanceof SinkLoad.RowRefusal known) {
            return known.line();
        }
        // A driver that stops at the first refusal tells of the rows before it.
        return refusal instanceof BatchUpdateException batch ? batch.getUpdateCounts().length + 1 : 0;
    }

    @Override
    public String text(SQLException refusal) {
        return errors.text(refusal) + (refusal.getErrorCode() > 0 ? " (" + refusal.getErrorCode() + ")" : "");
    }

    @Override
    protected String code(SQLException refusal) {
        return refusal.getErrorCode() > 0
                ? String.valueOf(refusal.getErrorCode())
                : String.valueOf(refusal.getSQLState());
    }
}
