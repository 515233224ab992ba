package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Texts;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;

/** What steps load, as {@code godwit_target} has it. */
final class SinkSteps {
    private final JdbcSession session;
    private final Dialect dialect;

    SinkSteps(JdbcSession session, Dialect dialect) {
        this.session = session;
        this.dialect = dialect;
    }

    boolean isCreatedBy(StepId step, SinkTarget target) throws SQLException {
        return session.first(
                        "SELECT 1 FROM godwit_target WHERE step = ? AND ordinal = ? AND created = 1",
                        row -> true,
                        step.value(),
                        target.first().ordinal())
                .isPresent();
    }

    /** Before a table is made, so that who comes after an interruption knows whose it is. Commits. */
    void book(StepId step, SinkTarget target, boolean created) throws SQLException {
        session.change(
                "DELETE FROM godwit_target WHERE step = ? AND ordinal = ?",
                step.value(),
                target.first().ordinal());
        session.change(
                "INSERT INTO godwit_target (step, ordinal, table_name, created, aside) VALUES (?, ?, ?, ?, ?)",
                step.value(),
                target.first().ordinal(),
                text(target.name()),
                created ? 1 : 0,
                target.mode().loadsAside() ? target.loaded().name() : null);
        session.commit();
    }

    /** The tables that the step loads aside, each with what it is to replace. */
    List<Aside> asides(StepId step) throws SQLException {
        return session.list(
                "SELECT table_name, aside FROM godwit_target WHERE step = ? AND aside IS NOT NULL",
                row -> Aside.of(row.getString(1), row.getString(2)),
                step.value());
    }

    /** A table loaded aside, and the one whose place it takes. */
    record Aside(TableName table, TableName aside) {
        static Aside of(String table, String aside) {
            TableName name = name(table);
            return new Aside(name, new TableName(null, name.schema(), aside));
        }
    }

    /** Closes failed steps that loaded the same table for good: they must not go on beside this one. Commits. */
    void takeOver(StepId step, SinkTarget target) throws SQLException {
        String failed = "state = 'failed' AND step <> ? AND step IN (SELECT g.step FROM godwit_target g WHERE "
                + "g.table_name = ?)";
        List<Aside> asides = session.list(
                "SELECT t.table_name, t.aside FROM godwit_target t JOIN godwit_run r ON r.step = t.step WHERE "
                        + "t.aside IS NOT NULL AND t.table_name = ? AND t.step <> ? AND r.state = 'failed'",
                row -> Aside.of(row.getString(1), row.getString(2)),
                text(target.name()),
                step.value());
        session.change("UPDATE godwit_run SET state = 'cancelled' WHERE " + failed, step.value(), text(target.name()));
        session.commit();
        DialectCatalog catalog = new DialectCatalog(session, dialect, "");
        for (Aside aside : asides) {
            if (catalog.exists(aside.aside())) {
                session.run(dialect.sink().drop(dialect.words().table(aside.aside())));
                session.commit();
            }
        }
    }

    /** A name as {@code godwit_target} keeps it. */
    private static String text(TableName name) {
        return Texts.join(name.schema() == null ? List.of(name.name()) : List.of(name.schema(), name.name()));
    }

    /** What {@link #text} said. */
    private static TableName name(String text) {
        List<String> parts = Texts.split(text);
        return parts.size() == 1
                ? new TableName(null, null, parts.get(0))
                : new TableName(null, parts.get(0), parts.get(1));
    }
}
