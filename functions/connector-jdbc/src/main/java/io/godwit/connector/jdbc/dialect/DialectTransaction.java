package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.OwnTables;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.jdbc.sink.SinkTransaction;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.time.Duration;

/** The writing of one subtask. */
final class DialectTransaction extends SinkTransaction {
    private final JdbcSession session;
    private final Dialect dialect;
    private final DialectErrors errors;
    private final SinkTarget target;

    DialectTransaction(
            JdbcSession session,
            Dialect dialect,
            DialectErrors errors,
            OwnTables tables,
            SinkTarget target,
            Duration most) {
        super(session, tables, target, most);
        this.session = session;
        this.dialect = dialect;
        this.errors = errors;
        this.target = target;
    }

    @Override
    protected Load open() throws SQLException {
        return SinkLoad.of(session, dialect, target.first());
    }

    @Override
    protected GodwitException failure(SQLException cause, String doing) {
        return errors.during(cause, doing);
    }
}
