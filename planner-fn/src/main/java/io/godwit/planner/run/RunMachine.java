package io.godwit.planner.run;

import static io.godwit.core.run.RunState.CANCELLED;
import static io.godwit.core.run.RunState.COMPLETED;
import static io.godwit.core.run.RunState.FAILED;
import static io.godwit.core.run.RunState.PAUSED;
import static io.godwit.core.run.RunState.PLANNING;
import static io.godwit.core.run.RunState.PUBLISHING;
import static io.godwit.core.run.RunState.REQUESTED;
import static io.godwit.core.run.RunState.RUNNING;

import io.godwit.core.run.RunState;
import io.godwit.planner.run.RunStep.Ignored;
import io.godwit.planner.run.RunStep.Moved;
import io.godwit.planner.run.RunStep.Refused;

/**
 * Every transition of a run, with no I/O.
 *
 * <p>A run that has failed is {@code failing} until its sinks are closed, and FAILED after; one that is cancelled is
 * CANCELLED at once, and its sinks are closed after. A signal from inside that no longer fits is ignored; one from a
 * person is refused.
 */
public final class RunMachine {
    private RunMachine() {}

    public static RunStep on(RunStatus status, RunSignal signal) {
        RunState state = status.state();
        return switch (signal) {
            case PLANNING_BEGUN -> status.failing() ? ignored() : inside(state == REQUESTED, status, PLANNING);
            case PLANNED ->
                !status.failing() && state == PLANNING ? new Moved(new RunStatus(RUNNING, false, true)) : ignored();
            case PAUSE -> wanted(status, PAUSED, state == RUNNING && !status.failing());
            case RESUME -> wanted(status, RUNNING, state == PAUSED && !status.failing());
            case CANCEL -> wanted(status, CANCELLED, state != COMPLETED && state != PUBLISHING);
            case FAIL -> fail(status);
            case CLOSED -> status.failing() ? new Moved(new RunStatus(FAILED, false, status.planned())) : ignored();
            case RETRY -> wanted(status, status.planned() ? RUNNING : PLANNING, state == FAILED);
            case ALL_WRITTEN -> inside(state == RUNNING && !status.failing(), status, PUBLISHING);
            case ALL_PUBLISHED -> inside(status.isMoving(), status, COMPLETED);
        };
    }

    private static RunStep fail(RunStatus status) {
        if (status.failing() || status.state().isEnded()) {
            return ignored();
        }
        // Where no plan is stored no sink was touched: nothing is to be closed.
        return new Moved(
                status.planned() ? new RunStatus(status.state(), true, true) : new RunStatus(FAILED, false, false));
    }

    private static RunStep wanted(RunStatus status, RunState next, boolean allowed) {
        if (status.state() == next && !status.failing()) {
            return ignored();
        }
        return allowed ? new Moved(new RunStatus(next, false, status.planned())) : new Refused();
    }

    private static RunStep inside(boolean fits, RunStatus status, RunState next) {
        return fits ? new Moved(new RunStatus(next, false, status.planned())) : ignored();
    }

    private static RunStep ignored() {
        return new Ignored();
    }
}
