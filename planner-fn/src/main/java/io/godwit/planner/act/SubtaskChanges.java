package io.godwit.planner.act;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Fact;
import io.godwit.core.exchange.Lane;
import io.godwit.core.port.ExchangeTrimmer;
import io.godwit.core.port.Meters;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskState;
import io.godwit.planner.store.DutyKind;
import io.godwit.planner.store.Lanes;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import io.godwit.planner.store.Subtasks;
import io.godwit.planner.subtask.Announced;
import io.godwit.planner.subtask.LedgerHolds;
import io.godwit.planner.subtask.Outcome;
import io.godwit.planner.subtask.Subtask;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stores what was decided of single subtasks, and what it means for their step and run, whose row is locked. */
public final class SubtaskChanges {
    private static final Logger LOG = System.getLogger(SubtaskChanges.class.getName());

    private final RunSteering steering;
    private final Owing owing;
    private final ExchangeTrimmer trimmer;
    private final Alarm alarm;
    private final Meters meters;

    public SubtaskChanges(RunSteering steering, Owing owing, ExchangeTrimmer trimmer, Alarm alarm, Meters meters) {
        this.meters = meters;
        this.steering = steering;
        this.owing = owing;
        this.trimmer = trimmer;
        this.alarm = alarm;
    }

    /** @return the run as it stands after */
    public Run apply(Session session, Run run, Subtask before, Outcome outcome) {
        if (outcome instanceof Outcome.Changed changed) {
            save(session, before, changed.next(), changed.delay(), changed.fact(), null);
            return changed.next().state() == SubtaskState.WRITTEN ? written(session, run, changed.next()) : run;
        }
        if (outcome instanceof Outcome.FailsRun fails) {
            save(session, before, fails.next(), Duration.ZERO, fails.fact(), fails.error());
            if (fails.next().state() == SubtaskState.WRITTEN) {
                countWritten(session, fails.next());
            }
            return steering.fail(session, run, fails.error());
        }
        if (outcome instanceof Outcome.TooLarge tooLarge) {
            save(session, before, tooLarge.next(), Duration.ZERO, tooLarge.fact(), tooLarge.error());
            owing.owe(session, before.id().step(), DutyKind.SPLIT);
            return run;
        }
        if (outcome instanceof Outcome.AsksLedger asks) {
            LOG.log(Level.WARNING, "{0}: {1}", before.id(), asks.error().message());
            owing.owe(session, before.id().step(), DutyKind.RECONCILE);
        } else if (outcome instanceof Outcome.Stale stale) {
            LOG.log(Level.DEBUG, "{0}: a stale event: {1}", before.id(), stale.why());
        }
        return run;
    }

    private void save(
            Session session, Subtask before, Subtask next, Duration delay, Fact fact, @Nullable ErrorInfo error) {
        Subtasks.save(session, before, next, delay, error);
        session.record(next.id().run(), fact);
        session.afterCommit(() -> meters.reached(next.state(), 1));
        if (next.state() == SubtaskState.READ && before.announced() == null && next.announced() != null) {
            Lanes.announced(session, next.id(), next.announced().range());
        }
        if (!delay.isZero()) {
            session.afterCommit(() -> alarm.dispatchIn(delay));
        }
    }

    private Run written(Session session, Run run, Subtask subtask) {
        StepId step = subtask.id().step();
        boolean last = countWritten(session, subtask) == 0;
        LedgerHolds holds = subtask.holds();
        boolean refused = holds != null && holds.quarantined().rows() > 0;
        if ((refused || last) && Steps.isQuarantineFull(session, step)) {
            return steering.fail(session, run, quarantineFull(step));
        }
        return steering.advance(session, run);
    }

    /** @return how many subtasks of the step are left */
    private int countWritten(Session session, Subtask subtask) {
        Announced announced = subtask.announced();
        if (announced != null && announced.range().batches() > 0) {
            Lane lane = announced.range().lane();
            Lanes.neededFrom(session, lane).ifPresent(offset -> session.afterCommit(() -> trimmer.trim(lane, offset)));
        }
        LedgerHolds holds = subtask.holds();
        return Steps.written(
                session,
                subtask.id().step(),
                holds == null ? 0 : holds.quarantined().rows());
    }

    private static ErrorInfo quarantineFull(StepId step) {
        return new ErrorInfo(
                ErrorCode.QUARANTINE_FULL,
                "step " + step + ": more rows were refused than its quarantine allows",
                "They are in the table godwit.quarantine of the target's database, with key and reason. Mend the rows, or"
                        + " raise the limit, and retry the run.");
    }
}
