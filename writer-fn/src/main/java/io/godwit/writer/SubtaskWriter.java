package io.godwit.writer;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.ledger.WriteProtocol;
import io.godwit.core.ledger.WriteProtocol.Outcome;
import io.godwit.core.ledger.WriteProtocol.Step;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.BatchReader;
import io.godwit.core.port.DocumentStore;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Writes subtasks exactly once: performs, against a sink and the exchange, what {@link WriteProtocol} says. Safe for
 * many threads; each subtask has a sink session of its own. Memory is bounded by one batch and one row.
 */
public final class SubtaskWriter {
    private static final System.Logger LOG = System.getLogger(SubtaskWriter.class.getName());

    private final DocumentStore documents;
    private final Sinks sinks;
    private final BatchReader exchange;
    private final Probe probe;
    private final Meters meters;
    private final Duration most;

    /** @param most how long a subtask may be written; one that takes longer is replaced by parts of it */
    public SubtaskWriter(
            DocumentStore documents, Sinks sinks, BatchReader exchange, Probe probe, Meters meters, Duration most) {
        this.meters = meters;
        this.documents = documents;
        this.sinks = sinks;
        this.exchange = exchange;
        this.probe = probe;
        this.most = most;
    }

    /**
     * Writes one subtask, or finds it written.
     *
     * @return SubtaskWritten or SubtaskFailed
     * @throws GodwitException with a transient code: nobody was told anything, the event must come again;
     *     EVENT_MALFORMED, where the plan is not the subtask's: no planner sent it, and none is told
     */
    public Event write(SubtaskWrite event) {
        TablePlan.requireOf(event.subtask(), event.tablePlan());
        long begun = System.nanoTime();
        WriteProtocol protocol = new WriteProtocol(event);
        Outcome outcome = outcome(event, protocol);
        long nanos = System.nanoTime() - begun;
        meters.ended(ended(outcome), nanos);
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        log(event, outcome, millis);
        Optional<Event> reply = protocol.reply(outcome, millis);
        if (reply.isEmpty() && outcome instanceof Outcome.Again again) {
            throw again.error().toException();
        }
        return reply.orElseThrow();
    }

    private Outcome outcome(SubtaskWrite event, WriteProtocol protocol) {
        Optional<TablePlan> plan = documents.find(event.tablePlan(), TablePlan.class);
        if (plan.isEmpty()) {
            return lost(event, event.tablePlan());
        }
        Optional<KeptRows> kept =
                plan.get().replays() ? documents.find(KeptRows.id(event.subtask()), KeptRows.class) : Optional.empty();
        if (plan.get().replays() && kept.isEmpty()) {
            return lost(event, KeptRows.id(event.subtask()));
        }
        plan.get().requireReadFor(event.subtask(), event.reader());
        probe.reached(Probe.Step.WRITE_STARTED, event.subtask());
        try (SubtaskWriting writing =
                new SubtaskWriting(event, plan.get(), kept.orElse(null), sinks, exchange, probe, meters, most)) {
            Step step = protocol.first();
            while (!(step instanceof Step.Report report)) {
                step = protocol.next(step, writing.perform(step));
            }
            return report.outcome();
        }
    }

    private static Outcome lost(SubtaskWrite event, String document) {
        return new Outcome.Refused(new GodwitException(
                        ErrorCode.NOT_FOUND,
                        "subtask " + event.subtask() + ": the control store has no table plan " + document,
                        "Start a new run; this one's plan was deleted.")
                .info());
    }

    private static Meters.Outcome ended(Outcome outcome) {
        if (outcome instanceof Outcome.Written written) {
            return written.now() ? Meters.Outcome.DONE : Meters.Outcome.FOUND_DONE;
        }
        return outcome instanceof Outcome.Again ? Meters.Outcome.AGAIN : Meters.Outcome.FAILED;
    }

    private static void log(SubtaskWrite event, Outcome outcome, long millis) {
        String which = event.subtask() + " attempt " + event.attempt() + " dispatch " + event.dispatch();
        if (outcome instanceof Outcome.Written written && written.now()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0}: {1} rows written, {2} quarantined, {3} ms",
                    which,
                    Long.toString(written.row().written().rows()),
                    Long.toString(written.row().quarantined().rows()),
                    Long.toString(millis));
        } else if (outcome instanceof Outcome.Written written) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0}: not written, the ledger holds attempt {1}",
                    which,
                    String.valueOf(written.row().attempt()));
        } else if (outcome instanceof Outcome.Refused refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: not written, {1} {2}",
                    which,
                    refused.error().code(),
                    refused.error().message());
        } else if (outcome instanceof Outcome.Again again) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: to be tried again, {1} {2}",
                    which,
                    again.error().code(),
                    again.error().message());
        }
    }
}
