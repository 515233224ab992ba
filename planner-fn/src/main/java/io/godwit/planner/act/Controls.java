package io.godwit.planner.act;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RunControlled;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.job.Job;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.run.RunId;
import io.godwit.planner.run.RunSignal;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** People pause, resume, cancel and retry runs. */
public final class Controls {
    private static final Logger LOG = System.getLogger(Controls.class.getName());

    private final ControlStore store;
    private final RunSteering steering;
    private final Dispatcher dispatcher;

    public Controls(ControlStore store, RunSteering steering, Dispatcher dispatcher) {
        this.store = store;
        this.steering = steering;
        this.dispatcher = dispatcher;
    }

    /**
     * Does what a person asks.
     *
     * @throws GodwitException NOT_FOUND for an unknown run; RUN_STATE_REFUSES where it stands so that it cannot be
     */
    public Started control(RunId id, Action action) {
        Run after = store.transact(session -> {
            Run run = Runs.lock(session, id).orElseThrow(() -> unknown(id));
            if (action == Action.RETRY) {
                Runs.replays(session, id)
                        .flatMap(first -> Runs.find(session, first))
                        .ifPresent(first -> Replays.requireNewest(
                                session, first, Documents.get(session, run.jobDocument(), Job.class)));
            }
            return steering.signal(session, run, signalOf(action));
        });
        dispatcher.dispatch();
        return new Started(id, after.status().state(), true);
    }

    /** The same as an event: nobody waits for a refusal, and it would be refused again. */
    public void controlled(RunControlled event) {
        try {
            control(event.run(), event.action());
        } catch (GodwitException refused) {
            if (refused.code().isTransient()) {
                throw refused;
            }
            LOG.log(Level.WARNING, "{0}: {1}", event.id(), refused.getMessage());
        }
    }

    private static RunSignal signalOf(Action action) {
        return switch (action) {
            case PAUSE -> RunSignal.PAUSE;
            case RESUME -> RunSignal.RESUME;
            case CANCEL -> RunSignal.CANCEL;
            case RETRY -> RunSignal.RETRY;
        };
    }

    private static GodwitException unknown(RunId id) {
        return new GodwitException(ErrorCode.NOT_FOUND, id + ": no such run", "List runs with: godwit runs");
    }
}
