package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.sink.OwnTables;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.jdbc.sink.SinkTransaction;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The writing of one subtask, which has the file's write lock from its first step: other writers wait in its turn, but
 * not for one that stands still. References to other tables are not checked row by row, as tables come in any order:
 * publishing checks them all.
 */
final class SqliteSinkTransaction extends SinkTransaction {
    private final SqliteSession session;
    private final SqliteErrors errors;
    private final SinkTarget target;

    SqliteSinkTransaction(
            SqliteSession session, SqliteErrors errors, OwnTables tables, SinkTarget target, Duration most) {
        super(session, tables, target, most);
        this.session = session;
        this.errors = errors;
        this.target = target;
    }

    @Override
    protected void begin() throws SQLException {
        session.beginWriting();
        session.until(deadline());
    }

    @Override
    protected void resume() throws SQLException {
        session.resume();
    }

    @Override
    protected void pause() {
        session.pause();
    }

    @Override
    protected Load open() throws SQLException {
        return new SqliteInsert(session, target);
    }

    @Override
    protected GodwitException failure(SQLException cause, String doing) {
        if (session.isAbandoned()) {
            return errors.abandoned(cause, doing);
        }
        return session.isOverdue() ? tooLarge() : errors.during(cause, doing);
    }
}
