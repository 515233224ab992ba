package io.godwit.reader;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.BatchPublisher;
import io.godwit.core.port.DocumentStore;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.run.AttemptId;
import io.godwit.serving.LogFields;
import java.time.Duration;

/**
 * Reads splits whole, each under a fresh attempt id, and announces them only when every batch is stored. A reading that
 * breaks off leaves batches that nobody points to. Safe for many threads; each reading has a source session of its own.
 */
public final class SplitReader {
    private static final System.Logger LOG = System.getLogger(SplitReader.class.getName());

    private final DocumentStore documents;
    private final Sources sources;
    private final BatchPublisher exchange;
    private final RateLimits limits;
    private final Probe probe;
    private final Meters meters;
    private final Duration most;

    /** @param most how long a split may be read; one that takes longer is replaced by parts of it */
    public SplitReader(
            DocumentStore documents,
            Sources sources,
            BatchPublisher exchange,
            RateLimits limits,
            Probe probe,
            Meters meters,
            Duration most) {
        this.meters = meters;
        this.documents = documents;
        this.sources = sources;
        this.exchange = exchange;
        this.limits = limits;
        this.probe = probe;
        this.most = most;
    }

    /**
     * Reads one split into the exchange.
     *
     * @return RowsReady or SubtaskFailed
     * @throws GodwitException with a transient code: nothing was announced, the event must come again; EVENT_MALFORMED:
     *     no planner sent it, and no planner is told
     */
    public Event read(SubtaskRead event) {
        TablePlan.requireOf(event.subtask(), event.tablePlan());
        long begun = System.nanoTime();
        AttemptId attempt = AttemptId.fresh();
        LogFields.set(attempt);
        try {
            TablePlan plan = documents
                    .find(event.tablePlan(), TablePlan.class)
                    .orElseThrow(() -> new GodwitException(
                            ErrorCode.NOT_FOUND,
                            "subtask " + event.subtask() + ": the control store has no table plan " + event.tablePlan(),
                            "Start a new run; this one's plan was deleted."));
            plan.requirePart(event.split());
            probe.reached(Probe.Step.READ_STARTED, event.subtask());
            RowsReady ready = new SplitReading(event, attempt, plan, documents, exchange, limits, probe, meters, most)
                    .read(sources);
            meters.ended(Meters.Outcome.DONE, System.nanoTime() - begun);
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} attempt {1} dispatch {2}: {3} rows read, {4} bytes, {5} ms",
                    event.subtask(),
                    attempt,
                    event.dispatch(),
                    Long.toString(ready.read().rows()),
                    Long.toString(ready.read().bytes()),
                    Long.toString(ready.millis()));
            return ready;
        } catch (GodwitException coded) {
            meters.ended(
                    coded.code().isTransient() ? Meters.Outcome.AGAIN : Meters.Outcome.FAILED,
                    System.nanoTime() - begun);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} attempt {1} dispatch {2}: not read, {3} {4}",
                    event.subtask(),
                    attempt,
                    event.dispatch(),
                    coded.code(),
                    coded.getMessage());
            if (coded.code().isTransient() || coded.code() == ErrorCode.EVENT_MALFORMED) {
                throw coded;
            }
            return failed(event, coded.info());
        }
    }

    private static Event failed(SubtaskRead event, ErrorInfo error) {
        return new SubtaskFailed(event.subtask(), SubtaskFailed.Phase.READ, null, event.dispatch(), error);
    }
}
