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

    SinkSteps(JdbcSession session) {
        this.session = session;
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

    /** A name as {@code godwit_target} keeps it. */
    static String text(TableName name) {
        return Texts.join(name.schema() == null ? List.of(name.name()) : List.of(name.schema(), name.name()));
    }

    /** What {@link #text} said. */
    static TableName name(String text) {
        List<String> parts = Texts.split(text);
        return parts.size() == 1
                ? new TableName(null, null, parts.get(0))
                : new TableName(null, parts.get(0), parts.get(1));
    }
}
