package io.godwit.writer;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.exchange.Batch;
import io.godwit.core.ledger.WriteProtocol.Observation;
import io.godwit.core.ledger.WriteProtocol.Step;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.BatchReader;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.row.BatchDecoder;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.WireColumn;
import io.godwit.core.run.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One subtask being written: the sink's transaction and what is performed in it. Closed at whatever step, it leaves
 * nothing but what was committed.
 */
final class SubtaskWriting implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SubtaskWriting.class.getName());

    private final SubtaskWrite event;
    private final TablePlan plan;
    private final @Nullable KeptRows kept;
    private final Sinks sinks;
    private final BatchReader exchange;
    private final Probe probe;
    private final Meters meters;
    private final Duration most;
    private @Nullable Sink sink;
    private Sink.@Nullable Transaction transaction;

    /** @param kept the rows of a quarantine that the subtask replays; null: it replays none */
    SubtaskWriting(
            SubtaskWrite event,
            TablePlan plan,
            @Nullable KeptRows kept,
            Sinks sinks,
            BatchReader exchange,
            Probe probe,
            Meters meters,
            Duration most) {
        this.meters = meters;
        this.event = event;
        this.plan = plan;
        this.kept = kept;
        this.sinks = sinks;
        this.exchange = exchange;
        this.probe = probe;
        this.most = most;
    }

    /** Performs a step and says what was seen. Throws only what a probe throws. */
    Observation perform(Step step) {
        Observation seen = observe(step);
        Probe.Step reached = reached(step, seen);
        if (reached != null) {
            probe.reached(reached, event.subtask());
        }
        return seen;
    }

    private Observation observe(Step step) {
        try {
            return observed(step);
        } catch (GodwitException coded) {
            return new Observation.Failed(coded.info());
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.ERROR, event.subtask() + ": a defect at " + step, defect);
            // The message of a foreign exception may quote rows: only its kind travels.
            return new Observation.Failed(new ErrorInfo(
                    ErrorCode.DEFECT,
                    "subtask " + event.subtask() + ": a defect: "
                            + defect.getClass().getName(),
                    "See the writer's log, and report it."));
        }
    }

    private Observation observed(Step step) {
        if (step instanceof Step.Begin) {
            sink = sinks.open(plan.sink());
            transaction = sink.begin(plan, most);
            return new Observation.Done();
        }
        if (step instanceof Step.RollBack) {
            close();
            return new Observation.Done();
        }
        Sink.Transaction open = Objects.requireNonNull(transaction, "the transaction is begun first");
        if (step instanceof Step.LockRun) {
            return new Observation.RunStands(open.lockRun());
        }
        if (step instanceof Step.Find) {
            return new Observation.LedgerHolds(open.find(event.subtask()).orElse(null));
        }
        if (step instanceof Step.Claim claim) {
            return new Observation.LedgerHolds(open.claim(claim.row()).orElse(null));
        }
        if (step instanceof Step.Stream) {
            return stream(open);
        }
        if (step instanceof Step.Finish) {
            if (kept != null) {
                open.replayed(kept);
            }
            return new Observation.Finished(open.finish());
        }
        if (step instanceof Step.Commit) {
            long begun = System.nanoTime();
            open.commit();
            meters.committed(System.nanoTime() - begun);
            return new Observation.Done();
        }
        throw new IllegalArgumentException("nothing to perform at " + step);
    }

    /**
     * Streams the attempt's rows. After a row was refused the rest is only counted, so that what was altered on the way
     * is not taken for a row that the target refuses.
     */
    private Observation stream(Sink.Transaction open) {
        RefusableSink target = new RefusableSink(open);
        BatchDecoder decoder =
                new BatchDecoder(WireColumn.of(plan.columns()), plan.maxRowBytes(), target::write, target::refused);
        exchange.read(event.range(), event.attempt(), batch -> {
            requireOurs(batch);
            long begun = System.nanoTime();
            decoder.accept(batch);
            meters.batch(batch.rows(), batch.payload().length, System.nanoTime() - begun);
        });
        Tally tally = decoder.finish();
        target.keepRefused();
        return new Observation.Streamed(tally, target.refusal == null ? null : target.refusal.info());
    }

    /** An attempt reads one split: its rows must not be written in another's name, and then once more in its own. */
    private void requireOurs(Batch batch) {
        if (!batch.subtask().equals(event.reader())) {
            throw new GodwitException(
                    ErrorCode.EXCHANGE_RECORDS_LOST,
                    "subtask " + event.reader() + ": the rows announced for it are those of " + batch.subtask(),
                    "The split is read again under a new attempt.");
        }
    }

    private static Probe.@Nullable Step reached(Step step, Observation seen) {
        if (seen instanceof Observation.RunStands) {
            return Probe.Step.RUN_LOCKED;
        }
        if (step instanceof Step.Claim && seen instanceof Observation.LedgerHolds held && held.row() == null) {
            return Probe.Step.LEDGER_CLAIMED;
        }
        if (seen instanceof Observation.Finished) {
            return Probe.Step.ROWS_WRITTEN;
        }
        return step instanceof Step.Commit && seen instanceof Observation.Done ? Probe.Step.COMMITTED : null;
    }

    @Override
    public void close() {
        Sink.Transaction toEnd = transaction;
        Sink toClose = sink;
        transaction = null;
        sink = null;
        try (toClose;
                toEnd) {
            // Both are closed, the transaction first.
        } catch (RuntimeException broken) {
            // A session that cannot even be closed is one that the sink ends by itself, and rolls back.
            LOG.log(System.Logger.Level.WARNING, event.subtask() + ": the session could not be closed", broken);
        }
    }

    /**
     * Passes rows on until one is refused for good. Those that the reader refused wait until there are some: a sink may
     * have to break off its stream to take one.
     */
    private static final class RefusableSink {
        private static final long MOST_WAITING = 1 << 20;
        private static final int OVERHEAD = 256; // of what is said of a row

        private final Sink.Transaction open;
        private final List<ReaderRefusal> waiting = new ArrayList<>();
        private long waitingBytes;
        private @Nullable GodwitException refusal;

        RefusableSink(Sink.Transaction open) {
            this.open = open;
        }

        void write(byte[] tuples, int offset, int length, int rows) {
            pass(() -> open.write(tuples, offset, length, rows));
        }

        void refused(ReaderRefusal row) {
            waiting.add(row);
            waitingBytes += row.row().length + OVERHEAD;
            if (waitingBytes > MOST_WAITING) {
                keepRefused();
            }
        }

        void keepRefused() {
            waiting.forEach(row -> pass(() -> open.refused(row)));
            waiting.clear();
            waitingBytes = 0;
        }

        private void pass(Runnable rows) {
            if (refusal != null) {
                return;
            }
            try {
                rows.run();
            } catch (GodwitException refused) {
                if (refused.code().isTransient() || refused.code() == ErrorCode.SUBTASK_TOO_LARGE) {
                    throw refused;
                }
                refusal = refused;
            }
        }
    }
}
