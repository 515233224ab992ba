package io.godwit.planner.act;

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
import java.util.Optional;
import java.util.function.Function;

/**
 * What readers and writers tell. Events that are doubled, late or foreign change nothing, and are answered like any
 * other: the broker need not send them again.
 */
public final class SubtaskEvents {
    private static final Logger LOG = System.getLogger(SubtaskEvents.class.getName());

    private final ControlStore store;
    private final SubtaskMachine machine;
    private final SubtaskChanges changes;
    private final Dispatcher dispatcher;
    private final Probe probe;

    public SubtaskEvents(
            ControlStore store, SubtaskMachine machine, SubtaskChanges changes, Dispatcher dispatcher, Probe probe) {
        this.store = store;
        this.machine = machine;
        this.changes = changes;
        this.dispatcher = dispatcher;
        this.probe = probe;
    }

    public void rowsReady(RowsReady event) {
        apply(event.subtask(), true, subtask -> machine.rowsReady(subtask, event));
        probe.reached(Probe.Step.ROWS_RECORDED, event.subtask());
        dispatcher.dispatch();
    }

    /** What the ledger holds counts in whatever state the run is. */
    public void written(SubtaskWritten event) {
        LedgerHolds row = new LedgerHolds(event.attempt(), event.written(), event.quarantined());
        apply(event.subtask(), false, subtask -> machine.written(subtask, row, event.millis()));
        probe.reached(Probe.Step.WRITTEN_RECORDED, event.subtask());
        dispatcher.dispatch();
    }

    public void failed(SubtaskFailed event) {
        apply(event.subtask(), true, subtask -> machine.failed(subtask, event));
        dispatcher.dispatch();
    }

    /** Takes back what was given to readers and writers that did not answer in time. */
    public void sweepLapsed() {
        for (RunId id : store.transact(Subtasks::runsWithLapsed)) {
            store.change(session -> Runs.lock(session, id).ifPresent(run -> lapse(session, run)));
        }
    }

    private void lapse(Session session, Run run) {
        Run now = run;
        for (Subtask subtask : Subtasks.lapsed(session, run.id())) {
            if (!now.status().isLive()) {
                return;
            }
            now = changes.apply(session, now, subtask, machine.leaseLapsed(subtask));
        }
    }

    private void apply(SubtaskId id, boolean liveOnly, Function<Subtask, Outcome> decision) {
        store.change(session -> {
            Optional<Run> run = Runs.lock(session, id.run());
            Optional<Subtask> subtask = run.isEmpty() ? Optional.empty() : Subtasks.find(session, id);
            if (subtask.isEmpty()) {
                LOG.log(Level.WARNING, "{0}: an event of a subtask that no plan has", id);
            } else if (liveOnly && !run.get().status().isLive()) {
                LOG.log(Level.DEBUG, "{0}: an event after its run''s end", id);
            } else {
                changes.apply(session, run.get(), subtask.get(), decision.apply(subtask.get()));
            }
        });
    }
}
