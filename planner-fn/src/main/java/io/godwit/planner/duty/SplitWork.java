package io.godwit.planner.duty;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.run.StepId;
import io.godwit.planner.act.Dispatcher;
import io.godwit.planner.act.Owing;
import io.godwit.planner.act.RunSteering;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.DutyKind;
import io.godwit.planner.store.Parts;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;
import io.godwit.planner.subtask.SubtaskMachine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts parts of subtasks that took longer than a request may into their place. What a writer was ever told of, the
 * ledger voids first: whoever still writes it comes too late, or was first, and then the parts are not needed. What no
 * writer was told of, none ever will be.
 */
public final class SplitWork implements DutyWork {
    private final ControlStore store;
    private final Functions functions;
    private final RunSteering steering;
    private final Owing owing;
    private final LedgerTruth truth;
    private final Dispatcher dispatcher;

    public SplitWork(
            ControlStore store,
            Functions functions,
            RunSteering steering,
            Owing owing,
            SubtaskMachine machine,
            Dispatcher dispatcher) {
        this.store = store;
        this.functions = functions;
        this.steering = steering;
        this.owing = owing;
        this.truth = new LedgerTruth(machine, steering);
        this.dispatcher = dispatcher;
    }

    @Override
    public Completion perform(Duty duty, Run run) {
        StepId step = duty.stepId();
        StepTables tables = StepTables.of(store, step);
        List<Parts.Splitting> awaited = store.transact(session -> Parts.awaited(session, step));
        Map<Parts.Splitting, List<PlannedSplit>> parts = new LinkedHashMap<>();
        for (Parts.Splitting whole : awaited) {
            parts.put(whole, partsOf(whole, tables.of(whole.id())));
        }
        Ledger ledger = functions
                .writersOf(tables.sink())
                .voidInSink(new VoidSubtasks(
                        step,
                        tables.sink(),
                        awaited.stream()
                                .filter(Parts.Splitting::wasGivenToWriter)
                                .map(Parts.Splitting::id)
                                .toList()));
        return (session, now) -> replaced(session, now, step, tables, parts, ledger);
    }

    private List<PlannedSplit> partsOf(Parts.Splitting whole, TablePlan table) {
        if (table.replays()) {
            // What it takes is a document, not a split: parts would have none.
            throw new GodwitException(
                    ErrorCode.SUBTASK_TOO_LARGE,
                    whole.id() + " replays quarantined rows of "
                            + table.definition().name() + ", which takes longer than a request may, and is not split",
                    "Give the functions more time (godwit.request.budget, and on Knative timeoutSeconds); then retry"
                            + " the run.");
        }
        SourceSplits answer = functions
                .readersOf(table.source())
                .splitAgain(new SplitAgain(
                        table.source(), table.definition(), table.where(), table.snapshot(), whole.split()));
        if (answer.splits().size() < 2) {
            throw new GodwitException(
                    ErrorCode.SUBTASK_TOO_LARGE,
                    whole.id() + " of " + table.definition().name() + " takes longer than a request may, and is "
                            + answer.reason(),
                    "Give the functions more time (godwit.request.budget, and on Knative timeoutSeconds), or the table"
                            + " a key; then retry the run.");
        }
        return answer.splits();
    }

    private void replaced(
            Session session,
            Run run,
            StepId step,
            StepTables tables,
            Map<Parts.Splitting, List<PlannedSplit>> parts,
            Ledger ledger) {
        if (!run.status().isLive()) {
            return;
        }
        Run now = truth.takeOver(session, run, step, ledger);
        parts.forEach((whole, splits) -> Parts.replace(session, whole, tables.of(whole.id()), splits));
        // What was found too large meanwhile could not owe a duty that was being done.
        if (!Parts.awaited(session, step).isEmpty()) {
            owing.owe(session, step, DutyKind.SPLIT);
        }
        if (now.status().isLive()) {
            steering.advance(session, now);
        }
        session.afterCommit(dispatcher::dispatch);
    }

    @Override
    public void failed(Session session, Run run, Duty duty, ErrorInfo error) {
        steering.fail(session, run, error);
    }
}
