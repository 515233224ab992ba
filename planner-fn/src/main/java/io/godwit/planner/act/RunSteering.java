package io.godwit.planner.act;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Fact;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.planner.run.Progress;
import io.godwit.planner.run.RunMachine;
import io.godwit.planner.run.RunSignal;
import io.godwit.planner.run.RunStatus;
import io.godwit.planner.run.RunStep;
import io.godwit.planner.run.StepState;
import io.godwit.planner.run.StepStatus;
import io.godwit.planner.store.Duties;
import io.godwit.planner.store.DutyKind;
import io.godwit.planner.store.Proofs;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.SealingKeys;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import io.godwit.planner.store.SubtaskSets;
import io.godwit.planner.store.Watermarks;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moves runs whose rows the transaction holds locked, and takes on what each move makes due. */
public final class RunSteering {
    private final Owing owing;
    private final Dependents dependents;
    private final boolean seals;

    /** @param seals whether payloads of runs that are planned from now on are sealed */
    public RunSteering(Owing owing, Dependents dependents, boolean seals) {
        this.owing = owing;
        this.dependents = dependents;
        this.seals = seals;
    }

    /**
     * Something befell the run.
     *
     * @return the run as it stands after
     * @throws GodwitException RUN_STATE_REFUSES where a person asks for what cannot be
     */
    public Run signal(Session session, Run run, RunSignal signal) {
        return signal(session, run, signal, null);
    }

    /** It has failed: sinks are closed, and then it is FAILED with this error. */
    public Run fail(Session session, Run run, ErrorInfo error) {
        return signal(session, run, RunSignal.FAIL, error);
    }

    /** Moves steps on as far as they go, and the run with them. */
    public Run advance(Session session, Run run) {
        if (!run.status().isMoving()) {
            return run;
        }
        Progress progress = Progress.of(Steps.of(session, run.id()));
        progress.moved().forEach(step -> stepMoved(session, run, step));
        if (progress.allPublished()) {
            return complete(session, run);
        }
        return progress.allWritten() ? signal(session, run, RunSignal.ALL_WRITTEN) : run;
    }

    private Run signal(Session session, Run run, RunSignal signal, @Nullable ErrorInfo error) {
        RunStep step = RunMachine.on(run.status(), signal);
        if (step instanceof RunStep.Refused) {
            throw refused(run, signal);
        }
        if (!(step instanceof RunStep.Moved moved)) {
            return run;
        }
        Run next = run.in(moved.to());
        ErrorInfo why = error != null ? error : signal == RunSignal.CLOSED ? run.error() : null;
        Runs.save(session, next, why);
        record(session, run, next, why);
        if (next.status().state().isEnded()) {
            SealingKeys.destroy(session, next.id());
        }
        return follow(session, next, signal);
    }

    private Run follow(Session session, Run run, RunSignal signal) {
        switch (signal) {
            case FAIL, CANCEL -> end(session, run);
            case RETRY -> {
                return retry(session, run);
            }
            case PLANNED -> {
                if (seals) {
                    SealingKeys.make(session, run.id());
                }
                return advance(session, run);
            }
            case RESUME -> {
                return advance(session, run);
            }
            case ALL_PUBLISHED -> {
                Watermarks.advance(session, run.id());
                release(session, run);
                dependents.start(session, run);
            }
            default -> {}
        }
        return run;
    }

    private void end(Session session, Run run) {
        Duties.drop(session, run.id());
        if (run.status().planned()) {
            owing.owe(session, run.id(), DutyKind.CLOSE);
        }
        release(session, run);
    }

    private void release(Session session, Run run) {
        if (run.snapshots()) {
            owing.owe(session, run.id(), DutyKind.RELEASE);
        }
    }

    private Run retry(Session session, Run run) {
        if (!run.status().planned()) {
            owing.owe(session, run.id(), DutyKind.PLAN);
            return run;
        }
        // A close that the sink never answered is overtaken: reopening says what is true now.
        Duties.drop(session, run.id());
        if (SealingKeys.has(session, run.id())) {
            SealingKeys.make(session, run.id());
        }
        SubtaskSets.tryAgain(session, run.id());
        for (StepStatus step : Steps.of(session, run.id())) {
            StepId id = StepId.of(run.id(), step.name());
            if (step.state() == StepState.CLOSED || step.state().isOpenInSink()) {
                Steps.moved(session, id, StepState.REOPENING);
                owing.owe(session, id, DutyKind.REOPEN);
            } else if (step.state() == StepState.VALIDATING) {
                owing.owe(session, id, DutyKind.VALIDATE);
            }
        }
        return advance(session, run);
    }

    private void stepMoved(Session session, Run run, StepStatus step) {
        StepId id = StepId.of(run.id(), step.name());
        Steps.moved(session, id, step.state());
        switch (step.state()) {
            case PREPARING -> owing.owe(session, id, DutyKind.PREPARE);
            case PUBLISHING -> owing.owe(session, id, DutyKind.PUBLISH);
            default -> {}
        }
    }

    private Run complete(Session session, Run run) {
        List<String> unproved = Proofs.unproved(session, run.id()).stream()
                .map(subtask -> subtask.value())
                .toList();
        if (unproved.isEmpty()) {
            return signal(session, run, RunSignal.ALL_PUBLISHED);
        }
        return fail(
                session,
                run,
                new ErrorInfo(
                        ErrorCode.ROWS_DIFFER,
                        run.id() + ": rows read are not rows written: " + String.join(", ", unproved),
                        "Do not trust the target: run again into an empty one, and report this as a defect."));
    }

    private static void record(Session session, Run before, Run after, @Nullable ErrorInfo error) {
        RunStatus status = after.status();
        if (status.state() != before.status().state()) {
            session.record(after.id(), new Fact.StateChanged(after.job(), after.planTime(), status.state(), error));
        } else if (status.failing() && error != null) {
            session.record(
                    after.id(),
                    new Fact.Noted("fails, once its sinks are closed: " + error.code() + ": " + error.message()));
        }
    }

    private static GodwitException refused(Run run, RunSignal signal) {
        String word = signal.name().toLowerCase(Locale.ROOT);
        String state = run.status().failing() ? "failing" : run.status().state().toString();
        return new GodwitException(
                ErrorCode.RUN_STATE_REFUSES,
                "run %s is %s: it cannot be asked to %s".formatted(run.id(), state, word),
                run.status().failing()
                        ? "Ask again once it is FAILED."
                        : run.status().state() == RunState.PUBLISHING
                                ? "Wait until it has ended."
                                : run.status().state() == RunState.PAUSED
                                        ? "Go on with it: godwit resume " + run.id()
                                        : "See its state with: godwit status " + run.id());
    }
}
