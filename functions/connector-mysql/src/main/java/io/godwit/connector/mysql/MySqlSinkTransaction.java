package io.godwit.connector.mysql;

import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.Chunk;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Refusals;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one subtask. References to other tables are not checked row by row, as tables come in any order:
 * publishing checks them all.
 */
final class MySqlSinkTransaction implements Sink.Transaction {
    /** Rows that are loaded by one statement, in bytes of the wire. */
    private static final int CHUNK_BYTES = 4 << 20;

    private final JdbcSession session;
    private final MySqlErrors errors;
    private final TablePlan plan;
    private final Duration most;
    private final long deadline;
    private final Chunk chunk;
    private @Nullable LedgerRow claimed;
    private @Nullable MySqlSinkRoute route;
    private @Nullable Refusals refusals;
    private boolean ended;

    MySqlSinkTransaction(JdbcSession session, MySqlErrors errors, TablePlan plan, Duration most) {
        this.session = session;
        this.errors = errors;
        this.plan = plan;
        this.most = most;
        this.deadline = System.nanoTime() + most.toNanos();
        this.chunk = new Chunk(plan.columns().size());
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    @Override
    public RunRow lockRun() {
        return attempt(() -> MySqlSinkSchema.isInstalled(session)
                ? new MySqlSinkRuns(session).lockShared(plan.step())
                : RunRow.ABSENT);
    }

    @Override
    public Optional<LedgerRow> claim(LedgerRow row) {
        return attempt(() -> {
            MySqlSinkLedger ledger = new MySqlSinkLedger(session);
            if (ledger.insert(row)) {
                claimed = row;
                return Optional.empty();
            }
            return ledger.find(row.subtask());
        });
    }

    @Override
    public Optional<LedgerRow> find(SubtaskId subtask) {
        return attempt(() ->
                MySqlSinkSchema.isInstalled(session) ? new MySqlSinkLedger(session).find(subtask) : Optional.empty());
    }

    @Override
    public void write(byte[] tuples, int offset, int length, int rows) {
        attempt(() -> {
            chunk.add(tuples, offset, length, rows);
            if (chunk.length() >= CHUNK_BYTES) {
                load();
            }
            return true;
        });
    }

    @Override
    public Tally finish() {
        return attempt(() -> {
            load();
            LedgerRow row = claimed();
            Tally quarantined = refusals == null ? Tally.ZERO : refusals.finish();
            if (quarantined.rows() > 0) {
                new MySqlSinkLedger(session)
                        .amend(new LedgerRow(
                                row.subtask(), row.attempt(), row.written().minus(quarantined), quarantined));
            }
            return quarantined;
        });
    }

    @Override
    public void commit() {
        attempt(() -> {
            session.commit();
            return true;
        });
        ended = true;
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            session.rollbackQuietly();
        }
    }

    private void load() throws SQLException {
        if (chunk.rows() == 0) {
            return;
        }
        if (System.nanoTime() > deadline) {
            throw new GodwitException(
                    ErrorCode.SUBTASK_TOO_LARGE, doing() + " took longer than " + most, "It is split again.");
        }
        if (route == null || refusals == null) {
            session.run("SET SESSION foreign_key_checks = 0");
            route = MySqlSinkRoute.of(session, plan);
            refusals = new Refusals(
                    new MySqlSinkQuarantine(session, plan), plan, claimed().subtask());
        }
        MySqlSinkRoute way = route;
        session.run("SAVEPOINT chunk");
        try {
            way.load(chunk, 0, chunk.rows());
            session.run("RELEASE SAVEPOINT chunk");
            refusals.passed(chunk.rows());
        } catch (SQLException e) {
            refusals.isolate(chunk, e, (from, to) -> way.load(chunk, from, to));
        }
        chunk.clear(2 * CHUNK_BYTES);
    }

    private LedgerRow claimed() {
        if (claimed == null) {
            throw new GodwitException(ErrorCode.DEFECT, "rows were to be written before their subtask was claimed", "");
        }
        return claimed;
    }

    private <T> T attempt(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw errors.during(e, doing());
        }
    }

    private String doing() {
        return "writing " + plan.target().display();
    }
}
