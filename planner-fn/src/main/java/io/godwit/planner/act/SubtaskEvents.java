package io.godwit.planner.act;

import static java.util.stream.Collectors.toSet;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.port.Probe;
import io.godwit.core.run.RunId;
import io.godwit.core.run.SubtaskId;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Subtasks;
import io.godwit.planner.subtask.LedgerHolds;
import io.godwit.planner.subtask.Outcome;
import io.godwit.planner.subtask.Subtask;
import io.godwit.planner.subtask.SubtaskMachine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What readers and writers tell, in one transaction for all events of a run that come at a time. Events that are
 * doubled, late or foreign change nothing, and are answered like any other: the broker need not send them again.
 */
public final class SubtaskEvents {
    /** Runs in different lines do not wait for each other's locks. */
    private static final int LINES = 16;

    private static final Logger LOG = System.getLogger(SubtaskEvents.class.getName());

    private final ControlStore store;
    private final SubtaskMachine machine;
    private final SubtaskChanges changes;
    private final Dispatcher dispatcher;
    private final Set<String> topics;
    private final Probe probe;
    private final List<Together<Told>> lines;

    /** @param topics in which rows may lie */
    public SubtaskEvents(
            ControlStore store,
            SubtaskMachine machine,
            SubtaskChanges changes,
            Dispatcher dispatcher,
            Set<String> topics,
            Probe probe) {
        this.topics = Set.copyOf(topics);
        this.store = store;
        this.machine = machine;
        this.changes = changes;
        this.dispatcher = dispatcher;
        this.probe = probe;
        this.lines = Stream.generate(() -> new Together<>(this::takeAll))
                .limit(LINES)
                .toList();
    }

    /** @throws GodwitException EVENT_MALFORMED for rows in a topic of no pool: writers are not sent there */
    public void rowsReady(RowsReady event) {
        if (!topics.contains(event.range().lane().topic())) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED,
                    event.id() + ": " + event.range().lane().topic() + " is the topic of no pool",
                    "Where a pool was taken away, nothing needs doing: its subtasks are read again.");
        }
        tell(new Told(
                event.subtask(),
                true,
                subtask -> machine.rowsReady(subtask, event),
                other -> machine.rowsReadyOfOther(other, event)));
        probe.reached(Probe.Step.ROWS_RECORDED, event.subtask());
        dispatcher.dispatch();
    }

    /** What the ledger holds counts in whatever state the run is. */
    public void written(SubtaskWritten event) {
        LedgerHolds row = new LedgerHolds(event.attempt(), event.written(), event.quarantined());
        tell(event.subtask(), false, subtask -> machine.toldWritten(subtask, row, event.millis()));
        probe.reached(Probe.Step.WRITTEN_RECORDED, event.subtask());
        dispatcher.dispatch();
    }

    public void failed(SubtaskFailed event) {
        tell(event.subtask(), true, subtask -> machine.failed(subtask, event));
        dispatcher.dispatch();
    }

    /** Takes back what was given to readers and writers that did not answer in time. */
    public void sweepLapsed() {
        for (RunId id : store.transact(Subtasks::runsWithLapsed)) {
            store.change(session -> Runs.lock(session, id).ifPresent(run -> lapse(session, run)));
        }
    }

    private void lapse(Session session, Run run) {
        if (run.status().isLive()) {
            changes.apply(
                    session,
                    run,
                    Subtasks.lapsed(session, run.id()).stream()
                            .map(subtask -> new Decided(subtask, machine.leaseLapsed(subtask)))
                            .toList());
        }
    }

    private void tell(SubtaskId id, boolean liveOnly, Function<Subtask, Outcome> decision) {
        tell(new Told(id, liveOnly, decision, null));
    }

    private void tell(Told told) {
        lines.get(Math.floorMod(told.subtask().run().hashCode(), lines.size())).ask(told);
    }

    /** A transaction for each run: none waits, with another's row locked, for a run that is busy. */
    private void takeAll(List<Told> told) {
        Map<RunId, List<Told>> byRun = new LinkedHashMap<>();
        told.forEach(each -> byRun.computeIfAbsent(each.subtask().run(), run -> new ArrayList<>())
                .add(each));
        byRun.forEach((run, ofRun) -> store.change(session -> Runs.lock(session, run)
                .ifPresentOrElse(
                        locked -> take(session, locked, ofRun),
                        () -> LOG.log(
                                Level.WARNING, "{0}: {1} events of a run that nobody planned", run, ofRun.size()))));
    }

    private void take(Session session, Run run, List<Told> told) {
        Map<SubtaskId, Subtask> subtasks =
                Subtasks.find(session, told.stream().map(Told::subtask).collect(toSet()));
        Set<SubtaskId> together = together(session, told);
        List<Decided> decided = new ArrayList<>();
        for (Told each : told) {
            Subtask subtask = subtasks.get(each.subtask());
            if (subtask == null) {
                LOG.log(Level.WARNING, "{0}: an event of a subtask that no plan has", each.subtask());
            } else if (each.liveOnly() && !run.status().isLive()) {
                LOG.log(Level.DEBUG, "{0}: an event after its run''s end", each.subtask());
            } else {
                Decided of = new Decided(subtask, each.decision().apply(subtask));
                decided.add(of);
                subtasks.put(each.subtask(), of.after());
                if (together.contains(each.subtask())) {
                    decided.addAll(ofOthers(session, each, of, subtasks));
                }
            }
        }
        changes.apply(session, run, decided);
    }

    /** Those whose rows are others' too. */
    private static Set<SubtaskId> together(Session session, List<Told> told) {
        Set<SubtaskId> shared = told.stream()
                .filter(each -> each.forOthers() != null)
                .map(Told::subtask)
                .collect(toSet());
        return shared.isEmpty() ? shared : Subtasks.readTogether(session, shared);
    }

    /** What rows that were taken are to those that are read together with their subtask. */
    private static List<Decided> ofOthers(Session session, Told told, Decided own, Map<SubtaskId, Subtask> subtasks) {
        Function<Subtask, Outcome> forOthers = told.forOthers();
        if (forOthers == null || !(own.outcome() instanceof Outcome.Changed)) {
            return List.of();
        }
        List<Decided> decided = new ArrayList<>();
        for (Subtask waiting : Subtasks.waitingWith(session, told.subtask())) {
            Subtask other = subtasks.getOrDefault(waiting.id(), waiting);
            Decided of = new Decided(other, forOthers.apply(other));
            decided.add(of);
            subtasks.put(other.id(), of.after());
        }
        return decided;
    }

    /**
     * An event, and what it means for its subtask.
     *
     * @param forOthers what it means, once it was taken, for those that are read together with the subtask; null:
     *     nothing
     */
    private record Told(
            SubtaskId subtask,
            boolean liveOnly,
            Function<Subtask, Outcome> decision,
            @Nullable Function<Subtask, Outcome> forOthers) {}
}
