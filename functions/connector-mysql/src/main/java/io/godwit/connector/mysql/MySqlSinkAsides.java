package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkAsides;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableName;
import java.sql.SQLException;

/** Tables loaded aside; the server commits with each definition. */
final class MySqlSinkAsides extends SinkAsides {
    private final String database;

    MySqlSinkAsides(JdbcSession session, String database) {
        super(session);
        this.database = database;
    }

    @Override
    protected Guard alone(StepId step) throws SQLException {
        return MySqlSinkLock.of(session, database, step);
    }

    @Override
    protected boolean exists(TableName table) throws SQLException {
        return exists(session, table);
    }

    static boolean exists(JdbcSession session, TableName table) throws SQLException {
        return session.one(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name = ?",
                row -> row.getInt(1) > 0,
                table.name());
    }

    /** Not one that others refer to by now: a session that has written looks at no keys. */
    @Override
    protected void drop(TableName table) throws SQLException {
        session.run("SET SESSION foreign_key_checks = 1");
        session.run("DROP TABLE IF EXISTS " + Quoting.table(table));
    }

    @Override
    protected void putBack(Aside aside) throws SQLException {
        String back = Quoting.table(aside.replaced()) + " TO " + Quoting.table(aside.table());
        session.run("RENAME TABLE "
                + (exists(aside.table())
                        ? Quoting.table(aside.table()) + " TO " + Quoting.table(aside.aside()) + ", " + back
                        : back));
    }

    @Override
    protected String text(TableName table) {
        return table.name();
    }

    @Override
    protected TableName name(String text) {
        return new TableName(null, null, text);
    }
}
