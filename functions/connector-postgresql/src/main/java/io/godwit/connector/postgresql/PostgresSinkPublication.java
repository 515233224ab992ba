package io.godwit.connector.postgresql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What publishing a step does, in one transaction: give created tables their primary keys; take off the foreign keys
 * that would be in the way; replace rows or tables; give created tables their indexes; put foreign keys back, checked
 * over all rows; advance sequences; run the job's {@code after}.
 */
final class PostgresSinkPublication {
    private final PostgresSinkSession session;
    private final PostgresSinkScript script;
    private final PostgresSinkForeignKeys keys;

    PostgresSinkPublication(PostgresSinkSession session, PostgresSinkScript script) {
        this.session = session;
        this.script = script;
        this.keys = new PostgresSinkForeignKeys(session, script);
    }

    Published publish(PublishStep question) throws SQLException {
        List<PostgresSinkTarget> targets = PostgresSinkTarget.of(question.tables());
        session.run("SET CONSTRAINTS ALL IMMEDIATE");
        PostgresSinkUnfinished unfinished = new PostgresSinkUnfinished(session, script);
        List<PostgresSinkTarget> created = new ArrayList<>();
        for (PostgresSinkTarget target : targets) {
            // Before a swap puts another table in its place.
            if (unfinished.contains(target)) {
                created.add(target);
            }
        }
        for (PostgresSinkTarget target : created) {
            try {
                unfinished.giveKey(target);
            } catch (SQLException e) {
                throw ofRows(target, e);
            }
        }
        List<PostgresSinkForeignKey> off = takeOff(targets);
        for (PostgresSinkTarget target : targets) {
            try {
                replace(target);
            } catch (SQLException e) {
                throw ofRows(target, e);
            }
        }
        for (PostgresSinkTarget target : created) {
            try {
                new PostgresSinkIndexes(session, script, target).create();
            } catch (SQLException e) {
                throw ofRows(target, e);
            }
        }
        for (PostgresSinkForeignKey key : off) {
            keys.add(key);
        }
        new PostgresSinkSuspension(session, script).restore(question.step());
        new PostgresSinkReferences(session, script, targets).create(created);
        PostgresSinkSequences sequences = new PostgresSinkSequences(session, script);
        for (PostgresSinkTarget target : targets) {
            sequences.advance(target);
        }
        unfinished.finish(question.step(), targets);
        for (int i = 0; i < question.after().size(); i++) {
            script.runUsers(question.after().get(i), "statement " + (i + 1) + " of after");
        }
        return new Published(script.statements(), script.notes());
    }

    /** Keys that refer to rows which are replaced: they must neither hinder, nor delete in turn. */
    private List<PostgresSinkForeignKey> takeOff(List<PostgresSinkTarget> targets) throws SQLException {
        List<PostgresSinkForeignKey> off = new ArrayList<>();
        for (PostgresSinkForeignKey key : keys.touching(names(targets))) {
            boolean hinders = targets.stream()
                    .filter(target -> target.mode().loadsAside())
                    .anyMatch(target -> target.name().equals(key.references())
                            || (target.mode() == WriteMode.SWAP && target.name().equals(key.table())));
            if (hinders) {
                script.run(key.dropSql());
                off.add(key);
            }
        }
        return off;
    }

    private void replace(PostgresSinkTarget target) throws SQLException {
        if (!target.mode().loadsAside()) {
            return;
        }
        PostgresSinkLedger ledger = new PostgresSinkLedger(session);
        long loaded = session.one("SELECT count(*) FROM " + Quoting.table(target.loaded()), row -> row.getLong(1));
        long written = 0;
        for (TablePlan plan : target.plans()) {
            written += ledger.rows(plan.step(), plan.ordinal());
        }
        if (loaded != written) {
            throw new GodwitException(
                    ErrorCode.SINK_REFUSED,
                    target.name().display() + ": the table loaded aside has " + loaded + " rows, the ledger says "
                            + written,
                    "Somebody else changed " + target.loaded().display() + ": start a new run.");
        }
        if (target.mode() == WriteMode.SWAP) {
            new PostgresSinkSwap(session, script, target).swap();
        } else {
            new PostgresSinkOverwrite(session, script, target).overwrite(loaded);
        }
    }

    /** Of a duplicate of the key PostgreSQL's detail is told, which is the key; of others it would be the row. */
    static SQLException ofRows(PostgresSinkTarget target, SQLException e) {
        if (!PostgresSinkRefusals.areOfRows(e)) {
            return e;
        }
        throw new GodwitException(
                ErrorCode.ROW_REFUSED,
                target.name().display() + ": rows were refused: " + PostgresErrors.text(e) + " ("
                        + PostgresErrors.state(e) + ")" + duplicate(target, e),
                "Mend the rows or the target, and retry the run.");
    }

    private static String duplicate(PostgresSinkTarget target, SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException server ? server.getServerErrorMessage() : null;
        String detail = message == null ? null : message.getDetail();
        String key = "Key (" + String.join(", ", new PostgresSinkPrimaryKey(target).columns()) + ")=";
        return detail != null && detail.replace("\"", "").startsWith(key.replace("\"", "")) ? ": " + detail : "";
    }

    private static List<TableName> names(List<PostgresSinkTarget> targets) {
        return targets.stream().map(PostgresSinkTarget::name).toList();
    }
}
