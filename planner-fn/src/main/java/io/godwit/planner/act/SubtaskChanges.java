package io.godwit.planner.act;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Fact;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.port.ExchangeTrimmer;
import io.godwit.core.port.Meters;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
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

    /**
     * Those of one run, in the order in which they were decided.
     *
     * @return the run as it stands after
     */
    public Run apply(Session session, Run run, List<Decided> all) {
        List<Subtasks.Change> changes = new ArrayList<>();
        List<ErrorInfo> failures = new ArrayList<>();
        for (Decided each : all) {
            Outcome outcome = each.outcome();
            if (outcome instanceof Outcome.Changed changed) {
                changes.add(change(session, each, changed.fact(), changed.delay(), null));
            } else if (outcome instanceof Outcome.FailsRun fails) {
                changes.add(change(session, each, fails.fact(), Duration.ZERO, fails.error()));
                failures.add(fails.error());
            } else if (outcome instanceof Outcome.TooLarge tooLarge) {
                changes.add(change(session, each, tooLarge.fact(), Duration.ZERO, tooLarge.error()));
                owing.owe(session, each.before().id().step(), DutyKind.SPLIT);
            } else if (outcome instanceof Outcome.AsksLedger asks) {
                LOG.log(
                        Level.WARNING,
                        "{0}: {1}",
                        each.before().id(),
                        asks.error().message());
                // A run that has ended asks by itself when it is retried.
                if (run.status().isLive()) {
                    owing.owe(session, each.before().id().step(), DutyKind.RECONCILE);
                }
            } else if (outcome instanceof Outcome.Stale stale) {
                LOG.log(Level.DEBUG, "{0}: a stale event: {1}", each.before().id(), stale.why());
            }
        }
        Subtasks.save(session, changes);
        announce(session, all);
        List<Subtask> written =
                all.stream().filter(Decided::writes).map(Decided::after).toList();
        trim(session, written);
        failures.addAll(countWritten(session, written));
        if (!failures.isEmpty()) {
            return steering.fail(session, run, failures.get(0));
        }
        return written.isEmpty() ? run : steering.advance(session, run);
    }

    private Subtasks.Change change(
            Session session, Decided decided, Fact fact, Duration delay, @Nullable ErrorInfo error) {
        session.record(decided.before().id().run(), fact);
        session.afterCommit(() -> meters.reached(decided.after().state(), 1));
        if (!delay.isZero()) {
            session.afterCommit(() -> alarm.dispatchIn(delay));
        }
        return new Subtasks.Change(decided.before(), decided.after(), delay, error);
    }

    private static void announce(Session session, List<Decided> all) {
        Map<SubtaskId, BatchRange> ranges = new HashMap<>();
        for (Decided each : all) {
            Announced announced = each.after().announced();
            if (each.after().state() == SubtaskState.READ && each.before().announced() == null && announced != null) {
                ranges.put(announced.readAs() == null ? each.before().id() : announced.readAs(), announced.range());
            }
        }
        Lanes.announced(session, ranges);
    }

    private void trim(Session session, List<Subtask> written) {
        Set<Lane> lanes = new LinkedHashSet<>();
        for (Subtask subtask : written) {
            Announced announced = subtask.announced();
            if (announced != null && announced.range().batches() > 0) {
                lanes.add(announced.range().lane());
            }
        }
        lanes.forEach(lane -> Lanes.neededFrom(session, lane)
                .ifPresent(offset -> session.afterCommit(() -> trimmer.trim(lane, offset))));
    }

    /** @return why the run fails, where it does */
    private static List<ErrorInfo> countWritten(Session session, List<Subtask> written) {
        Map<StepId, LongSummaryStatistics> quarantined = new LinkedHashMap<>();
        for (Subtask subtask : written) {
            LedgerHolds holds = subtask.holds();
            quarantined
                    .computeIfAbsent(subtask.id().step(), step -> new LongSummaryStatistics())
                    .accept(holds == null ? 0 : holds.quarantined().rows());
        }
        List<ErrorInfo> failures = new ArrayList<>();
        quarantined.forEach((step, rows) -> {
            int left = Steps.written(session, step, (int) rows.getCount(), rows.getSum());
            if ((rows.getSum() > 0 || left == 0) && Steps.isQuarantineFull(session, step)) {
                failures.add(quarantineFull(step));
            }
        });
        return failures;
    }

    private static ErrorInfo quarantineFull(StepId step) {
        return new ErrorInfo(
                ErrorCode.QUARANTINE_FULL,
                "step " + step + ": more rows were refused than its quarantine allows",
                "godwit quarantine " + step.run()
                        + " lists them by key or place and reason. Mend the rows, the mapping or"
                        + " the target, or raise the limits in the job and run it anew.");
    }
}
