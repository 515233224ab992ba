package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.OwnTables;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.jdbc.sink.SinkTransaction;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The writing of one subtask. References to other tables are not checked row by row, as tables come in any order:
 * publishing checks them all.
 */
final class MySqlSinkTransaction extends SinkTransaction {
    private final JdbcSession session;
    private final MySqlErrors errors;
    private final SinkTarget target;

    MySqlSinkTransaction(JdbcSession session, MySqlErrors errors, OwnTables tables, SinkTarget target, Duration most) {
        super(session, tables, target, most);
        this.session = session;
        this.errors = errors;
        this.target = target;
    }

    @Override
    protected void begin() throws SQLException {
        MySqlSessions.endWhereItStandsStill(session);
    }

    @Override
    protected Load open() throws SQLException {
        session.run("SET SESSION foreign_key_checks = 0");
        return MySqlSinkRoute.of(session, target);
    }

    @Override
    protected GodwitException failure(SQLException cause, String doing) {
        return errors.during(cause, doing);
    }
}
