package io.godwit.connector.jdbc.sink;

import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.Chunk;
import io.godwit.connector.jdbc.JdbcSession;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The writing of one subtask, in one transaction. */
public abstract class SinkTransaction implements Sink.Transaction {
    /** Rows that are loaded at once, in bytes of the wire. */
    private static final int CHUNK_BYTES = 4 << 20;

    private final JdbcSession session;
    private final OwnTables tables;
    private final TablePlan plan;
    private final Duration most;
    private final long start;
    private final Chunk chunk;
    private final SinkQuarantine quarantine;
    private boolean begun;
    private @Nullable LedgerRow claimed;
    private @Nullable Load load;
    private @Nullable Refusals refusals;
    private boolean ended;

    /** @param most how long it may take */
    protected SinkTransaction(JdbcSession session, OwnTables tables, SinkTarget target, Duration most) {
        this.session = session;
        this.tables = tables;
        this.plan = target.first();
        this.most = most;
        this.start = System.nanoTime();
        this.chunk = new Chunk(plan.columns().size());
        this.quarantine = tables.quarantine(session, target);
    }

    /** The way of rows into the target. */
    public interface Load extends AutoCloseable {

        /**
         * Loads the rows {@code from} to {@code to}, exclusive; where it throws, the caller undoes what was done.
         *
         * @throws SQLException also where one of them was not taken as it is
         */
        void load(Chunk chunk, int from, int to) throws SQLException;

        @Override
        default void close() throws SQLException {}
    }

    /** Called before all else. */
    protected void begin() throws SQLException {}

    /** Called as each piece of work begins. */
    protected void resume() throws SQLException {}

    /** Called as it ends: until the next one, it is somebody else who takes the time. */
    protected void pause() {}

    /** Called once, before the first rows. */
    protected abstract Load open() throws SQLException;

    /** A failure that ends the transaction. */
    protected abstract GodwitException failure(SQLException cause, String doing);

    /** When it is to be over, as {@link System#nanoTime} tells it. */
    protected final long deadline() {
        return start + most.toNanos();
    }

    protected final GodwitException tooLarge() {
        return new GodwitException(
                ErrorCode.SUBTASK_TOO_LARGE, doing() + " took longer than " + most, "It is split again.");
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    @Override
    public final RunRow lockRun() {
        return attempt(() -> tables.areThere(session) ? tables.runs(session).lockShared(plan.step()) : RunRow.ABSENT);
    }

    @Override
    public final Optional<LedgerRow> claim(LedgerRow row) {
        return attempt(() -> {
            SinkLedger ledger = tables.ledger(session);
            if (ledger.insert(row)) {
                claimed = row;
                return Optional.empty();
            }
            return ledger.find(row.subtask());
        });
    }

    @Override
    public final Optional<LedgerRow> find(SubtaskId subtask) {
        return attempt(() -> tables.areThere(session) ? tables.ledger(session).find(subtask) : Optional.empty());
    }

    @Override
    public final void write(byte[] tuples, int offset, int length, int rows) {
        attempt(() -> {
            chunk.add(tuples, offset, length, rows);
            if (chunk.length() >= CHUNK_BYTES) {
                load();
            }
            return true;
        });
    }

    @Override
    public final void refused(ReaderRefusal row) {
        attempt(() -> {
            refusals().refused(row);
            return true;
        });
    }

    @Override
    public final void replayed(KeptRows rows) {
        attempt(() -> {
            long open = SinkQuarantine.replayed(session, claimed().subtask(), rows);
            if (open != rows.rows().size()) {
                throw rows.taken(open);
            }
            return true;
        });
    }

    @Override
    public final Tally finish() {
        return attempt(() -> {
            load();
            LedgerRow row = claimed();
            Tally quarantined = refusals == null ? Tally.ZERO : refusals.finish();
            LedgerRow told =
                    new LedgerRow(row.subtask(), row.attempt(), row.written().minus(quarantined), quarantined);
            if (!tables.ledger(session).amend(told)) {
                throw new GodwitException(
                        ErrorCode.SINK_INTERRUPTED,
                        doing() + ": the server ended the transaction, and with it the subtask's row of the ledger",
                        "It will be tried again.");
            }
            closeLoad();
            return quarantined;
        });
    }

    @Override
    public final void commit() {
        attempt(() -> {
            session.commit();
            return true;
        });
        ended = true;
    }

    @Override
    public final void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            closeLoad();
        } catch (SQLException e) {
            // What mattered has been said already.
        }
        session.rollbackQuietly();
    }

    private void closeLoad() throws SQLException {
        if (load != null) {
            load.close();
            load = null;
        }
    }

    private void load() throws SQLException {
        if (chunk.rows() == 0) {
            return;
        }
        if (System.nanoTime() - start > most.toNanos()) {
            throw tooLarge();
        }
        if (load == null) {
            load = open();
        }
        Load way = load;
        quarantine.save();
        try {
            way.load(chunk, 0, chunk.rows());
            quarantine.release();
            refusals().passed(chunk.rows());
        } catch (SQLException e) {
            refusals().isolate(chunk, e, (from, to) -> way.load(chunk, from, to));
        }
        chunk.clear(2 * CHUNK_BYTES);
    }

    private Refusals refusals() {
        if (refusals == null) {
            refusals = new Refusals(quarantine, plan, claimed().subtask());
        }
        return refusals;
    }

    private LedgerRow claimed() {
        if (claimed == null) {
            throw new GodwitException(ErrorCode.DEFECT, "rows were to be written before their subtask was claimed", "");
        }
        return claimed;
    }

    private <T> T attempt(Work<T> work) {
        try {
            resume();
            if (!begun) {
                begin();
                begun = true;
            }
            return work.run();
        } catch (SQLException e) {
            throw failure(e, doing());
        } finally {
            pause();
        }
    }

    private String doing() {
        return "writing " + plan.target().display();
    }
}
