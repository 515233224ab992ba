package io.godwit.planner.duty;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Fact;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.LedgerEntry;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.planner.act.RunSteering;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import io.godwit.planner.store.SubtaskSets;
import io.godwit.planner.store.Subtasks;
import io.godwit.planner.subtask.LedgerHolds;
import io.godwit.planner.subtask.Outcome;
import io.godwit.planner.subtask.SubtaskMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the planner's view of a step that of the sink's ledger, which has the last word. */
final class LedgerTruth {
    private final SubtaskMachine machine;
    private final RunSteering steering;

    LedgerTruth(SubtaskMachine machine, RunSteering steering) {
        this.machine = machine;
        this.steering = steering;
    }

    /** Takes over what the ledger holds and the planner has not heard of. The run's row is locked. */
    Run takeOver(Session session, Run run, StepId step, Ledger ledger) {
        Map<SubtaskId, LedgerEntry> entries = new HashMap<>();
        ledger.written().forEach(entry -> entries.put(entry.subtask(), entry));
        List<SubtaskId> unknown = SubtaskSets.notKnownWritten(session, step, List.copyOf(entries.keySet()));
        List<Subtasks.Change> changes = new ArrayList<>();
        List<ErrorInfo> failures = new ArrayList<>();
        Subtasks.find(session, unknown).forEach((id, subtask) -> {
            LedgerEntry entry = Objects.requireNonNull(entries.get(id));
            LedgerHolds row = new LedgerHolds(entry.attempt(), entry.written(), entry.quarantined());
            Outcome outcome = machine.written(subtask, row, 0);
            if (outcome instanceof Outcome.Changed changed) {
                changes.add(new Subtasks.Change(subtask, changed.next(), Duration.ZERO, null));
                session.record(run.id(), changed.fact());
            } else if (outcome instanceof Outcome.FailsRun fails) {
                changes.add(new Subtasks.Change(subtask, fails.next(), Duration.ZERO, fails.error()));
                session.record(run.id(), fails.fact());
                failures.add(fails.error());
            }
        });
        Subtasks.save(session, changes);
        Steps.recount(session, step);
        return failures.isEmpty() ? run : steering.fail(session, run, failures.get(0));
    }

    /**
     * Has what the sink has lost read and written again: a ledger that lost rows has lost the subtasks' rows with them.
     */
    void giveBackLost(Session session, StepId step, Ledger ledger) {
        List<SubtaskId> held =
                ledger.written().stream().map(LedgerEntry::subtask).toList();
        List<SubtaskId> lost = SubtaskSets.writtenBut(session, step, held);
        if (lost.isEmpty()) {
            return;
        }
        session.record(
                step.run(),
                new Fact.Noted("%s: the sink has lost %d subtasks that it had written: they are read again"
                        .formatted(step.step(), lost.size())));
        SubtaskSets.readAgain(session, lost);
        Steps.recount(session, step);
    }
}
