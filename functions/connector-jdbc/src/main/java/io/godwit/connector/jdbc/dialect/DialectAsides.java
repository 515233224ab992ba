package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkAsides;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Tables loaded aside, in a dialect's words. */
final class DialectAsides extends SinkAsides {
    private final Dialect dialect;
    private final DialectCatalog catalog;
    private final Supplier<JdbcSession> sessions;

    /** @param sessions opens those that are alone with a step */
    DialectAsides(JdbcSession session, Dialect dialect, Supplier<JdbcSession> sessions) {
        super(session);
        this.dialect = dialect;
        this.catalog = new DialectCatalog(session, dialect, "");
        this.sessions = sessions;
    }

    @Override
    protected Guard alone(StepId step) throws SQLException {
        return SinkGuard.of(sessions.get(), step);
    }

    @Override
    protected boolean exists(TableName table) throws SQLException {
        return catalog.exists(table);
    }

    @Override
    protected void drop(TableName table) throws SQLException {
        session.run(dialect.sink().drop(dialect.words().table(table)));
    }

    /** Two renames: a table that is nowhere in between has its old one still, and this is called again. */
    @Override
    protected void putBack(Aside aside) throws SQLException {
        if (exists(aside.table())) {
            session.run(dialect.sink().rename(aside.table(), aside.aside().name()));
        }
        session.run(dialect.sink().rename(aside.replaced(), aside.table().name()));
    }

    @Override
    protected String text(TableName table) {
        return SinkSteps.text(table);
    }

    @Override
    protected TableName name(String text) {
        return SinkSteps.name(text);
    }
}
