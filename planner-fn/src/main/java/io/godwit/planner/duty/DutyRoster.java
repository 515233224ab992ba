package io.godwit.planner.duty;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.planner.duty.DutyWork.Completion;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Duties;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.DutyKind;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.subtask.Backoff;
import io.godwit.platform.trace.Traces;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does duties, each under a lease that it renews while it lives. A planner that dies leaves its duties to whoever comes
 * when the lease has lapsed; one that merely slept finds that its work is not counted.
 */
public final class DutyRoster {
    private static final Logger LOG = System.getLogger(DutyRoster.class.getName());

    private final ControlStore store;
    private final Map<DutyKind, DutyWork> works;
    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final Terms terms;

    /**
     * On what terms duties are held.
     *
     * @param holder this planner's name, unlike any other's
     * @param attempts how often a duty may fail with a transient error
     */
    public record Terms(String holder, Duration lease, int attempts, Backoff backoff) {}

    /**
     * @param works may be filled after: what does duties also takes them on
     * @param workers do duties, which may take hours
     * @param timer renews leases and comes back to what failed: it must never wait for a duty
     */
    public DutyRoster(
            ControlStore store,
            Map<DutyKind, DutyWork> works,
            Executor workers,
            ScheduledExecutorService timer,
            Terms terms) {
        this.store = store;
        this.works = works;
        this.workers = workers;
        this.timer = timer;
        this.terms = terms;
    }

    /** Looks, aside, for duties that are due. */
    public void wake() {
        try {
            workers.execute(this::work);
        } catch (RejectedExecutionException stopping) {
            LOG.log(Level.DEBUG, "stopping: duties are left to others");
        }
    }

    /** Does duties that are due, one after another, until there is none. */
    public void work() {
        try {
            Optional<Duty> duty = take();
            while (duty.isPresent()) {
                Duty taken = duty.get();
                // What readers and writers are asked meanwhile belongs to the trace of the run.
                Traces.at(
                        store.transact(session -> Runs.traceOf(session, taken.run()))
                                .orElse(null),
                        () -> perform(taken));
                duty = take();
            }
        } catch (GodwitException unreachable) {
            LOG.log(Level.WARNING, "duties are left for the next tick: {0}", unreachable.getMessage());
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "a defect; the duty is left until its lease has lapsed", defect);
        }
    }

    private Optional<Duty> take() {
        return store.transact(session -> Duties.take(session, terms.holder(), terms.lease()));
    }

    private void perform(Duty duty) {
        Run run = store.transact(session -> Runs.find(session, duty.run())).orElseThrow();
        if (!run.status().isLive() && !duty.kind().endsRun()) {
            strikeOff(duty, (session, now) -> {});
            return;
        }
        DutyWork work = works.get(duty.kind());
        if (work == null) {
            throw new IllegalStateException("nobody does " + duty);
        }
        ScheduledFuture<?> renewal = renewed(duty);
        try {
            strikeOff(duty, work.perform(duty, run));
        } catch (GodwitException failure) {
            failed(duty, work, failure.info());
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, duty + " met a defect", defect);
            failed(duty, work, defect(duty, defect));
        } finally {
            renewal.cancel(false);
        }
    }

    private void failed(Duty duty, DutyWork work, ErrorInfo error) {
        boolean again = error.code().isTransient() && duty.tries() + 1 < terms.attempts();
        LOG.log(
                Level.WARNING,
                "{0}: {1}: {2}{3}",
                duty,
                error.code(),
                error.message(),
                again ? "; it is tried again" : "");
        if (again) {
            Duration delay = terms.backoff().after(duty.tries() + 1);
            store.change(session -> Duties.tryLater(session, duty, terms.holder(), delay));
            wakeIn(delay);
            return;
        }
        strikeOff(duty, (session, run) -> work.failed(session, run, duty, error));
    }

    private void wakeIn(Duration delay) {
        try {
            ScheduledFuture<?> unused = timer.schedule(this::wake, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.log(Level.DEBUG, "stopping: duties are left to others");
        }
    }

    private void strikeOff(Duty duty, Completion then) {
        store.change(session -> {
            Run run = Runs.lock(session, duty.run()).orElseThrow();
            if (Duties.done(session, duty, terms.holder())) {
                then.apply(session, run);
            } else {
                LOG.log(Level.WARNING, "{0} was taken over by another planner: not counted", duty);
            }
        });
    }

    private ScheduledFuture<?> renewed(Duty duty) {
        long third = Math.max(terms.lease().toMillis() / 3, 1);
        return timer.scheduleAtFixedRate(() -> renew(duty), third, third, TimeUnit.MILLISECONDS);
    }

    private void renew(Duty duty) {
        try {
            store.change(session -> Duties.renew(session, duty, terms.holder(), terms.lease()));
        } catch (GodwitException unreachable) {
            LOG.log(Level.WARNING, "the lease on {0} is not renewed: {1}", duty, unreachable.getMessage());
        }
    }

    private static ErrorInfo defect(Duty duty, RuntimeException defect) {
        return new ErrorInfo(
                ErrorCode.DEFECT,
                duty + " met a defect: " + defect.getClass().getName(),
                "See the planner's log, and report it.");
    }
}
