package io.godwit.connector.postgresql;

import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.Refusals;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one subtask. Constraints that the target defers are checked at once, so that a row which breaks one is
 * found while it is at hand.
 */
final class PostgresSinkTransaction implements Sink.Transaction {
    private final PostgresSinkSession session;
    private final PostgresSinkWriters writers;
    private final PostgresErrors errors;
    private final TablePlan plan;
    private final Duration most;
    private @Nullable StatementLimit limit;
    private @Nullable LedgerRow claimed;
    private @Nullable PostgresSinkStream stream;
    private boolean ended;

    PostgresSinkTransaction(
            PostgresSinkSession session,
            PostgresSinkWriters writers,
            PostgresErrors errors,
            TablePlan plan,
            Duration most) {
        this.session = session;
        this.writers = writers;
        this.errors = errors;
        this.plan = plan;
        this.most = most;
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    @Override
    public RunRow lockRun() {
        return attempt(() -> {
            if (!PostgresSinkSchema.isInstalled(session)) {
                return RunRow.ABSENT;
            }
            writers.enter(plan.step());
            return new PostgresSinkRuns(session).lockShared(plan.step());
        });
    }

    @Override
    public Optional<LedgerRow> claim(LedgerRow row) {
        return attempt(() -> {
            PostgresSinkLedger ledger = new PostgresSinkLedger(session);
            writers.await(row.subtask());
            if (ledger.insert(row)) {
                claimed = row;
                return Optional.empty();
            }
            return ledger.find(row.subtask());
        });
    }

    @Override
    public Optional<LedgerRow> find(SubtaskId subtask) {
        return attempt(() -> PostgresSinkSchema.isInstalled(session)
                ? new PostgresSinkLedger(session).find(subtask)
                : Optional.empty());
    }

    @Override
    public void write(byte[] tuples, int offset, int length, int rows) {
        attempt(() -> {
            stream().write(tuples, offset, length, rows);
            return true;
        });
    }

    @Override
    public void refused(ReaderRefusal row) {
        attempt(() -> {
            stream().refused(row);
            return true;
        });
    }

    /** Between two COPYs, or after the last: the stream is ended first. */
    @Override
    public void replayed(KeptRows rows) {
        attempt(() -> {
            stream().pause();
            long open = PostgresSinkQuarantine.replayed(session, claimed().subtask(), rows);
            if (open != rows.rows().size()) {
                throw rows.taken(open);
            }
            return true;
        });
    }

    @Override
    public Tally finish() {
        return attempt(() -> {
            LedgerRow row = claimed();
            Tally quarantined = stream == null ? Tally.ZERO : stream.finish();
            if (quarantined.rows() > 0) {
                new PostgresSinkLedger(session)
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
            if (stream != null) {
                stream.cancel();
            }
            session.rollbackQuietly();
        }
    }

    private PostgresSinkStream stream() throws SQLException {
        if (stream == null) {
            stream = open();
        }
        Objects.requireNonNull(limit, "set when the stream was opened").check(doing());
        return stream;
    }

    private PostgresSinkStream open() throws SQLException {
        PostgresSinkRoute route = PostgresSinkRoute.of(session, plan);
        session.useOwnSearchPath();
        session.run("SET CONSTRAINTS ALL IMMEDIATE");
        limit = StatementLimit.set(session.jdbc(), most);
        return new PostgresSinkStream(
                session,
                route,
                new Refusals(
                        new PostgresSinkRefusals(session, plan), plan, claimed().subtask()),
                plan.columns().size());
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
            if (limit != null) {
                limit.refuse(e, doing());
            }
            throw errors.during(e, doing());
        }
    }

    private String doing() {
        return "writing " + PostgresSinkTarget.name(plan).display();
    }
}
