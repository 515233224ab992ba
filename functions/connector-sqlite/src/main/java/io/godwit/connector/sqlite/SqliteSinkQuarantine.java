package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.QuarantineTable;
import io.godwit.connector.jdbc.sink.SinkQuarantine;
import io.godwit.connector.jdbc.sink.SinkTarget;
import java.sql.SQLException;

/** What SQLite says of rows that it refuses. */
final class SqliteSinkQuarantine extends SinkQuarantine {
    SqliteSinkQuarantine(JdbcSession session, QuarantineTable table, SinkTarget target) {
        super(session, table, target);
    }

    @Override
    public boolean isOfRows(SQLException refusal) {
        return SqliteErrors.isOfRows(refusal);
    }

    @Override
    public String text(SQLException refusal) {
        return SqliteErrors.text(refusal) + " (" + code(refusal) + ")";
    }

    @Override
    protected String code(SQLException refusal) {
        return SqliteErrors.code(refusal);
    }
}
