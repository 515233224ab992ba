package io.godwit.planner;

import io.godwit.core.plan.StepPlanner;
import io.godwit.core.port.EventPublisher;
import io.godwit.core.port.ExchangeTrimmer;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.question.PlannerQuestions;
import io.godwit.planner.act.Controls;
import io.godwit.planner.act.Dependents;
import io.godwit.planner.act.Dispatcher;
import io.godwit.planner.act.Owing;
import io.godwit.planner.act.Replays;
import io.godwit.planner.act.Requests;
import io.godwit.planner.act.RunSteering;
import io.godwit.planner.act.Schedules;
import io.godwit.planner.act.SubtaskChanges;
import io.godwit.planner.act.SubtaskEvents;
import io.godwit.planner.act.Sweep;
import io.godwit.planner.answer.Applying;
import io.godwit.planner.answer.Explaining;
import io.godwit.planner.answer.Looking;
import io.godwit.planner.answer.PlannerAnswers;
import io.godwit.planner.answer.Refused;
import io.godwit.planner.answer.Validating;
import io.godwit.planner.dispatch.Pool;
import io.godwit.planner.duty.CloseWork;
import io.godwit.planner.duty.DutyRoster;
import io.godwit.planner.duty.DutyWork;
import io.godwit.planner.duty.PlanWork;
import io.godwit.planner.duty.PrepareWork;
import io.godwit.planner.duty.PublishWork;
import io.godwit.planner.duty.ReconcileWork;
import io.godwit.planner.duty.ReleaseWork;
import io.godwit.planner.duty.ReopenWork;
import io.godwit.planner.duty.SplitWork;
import io.godwit.planner.duty.ValidateWork;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.planning.IncrementalBounds;
import io.godwit.planner.planning.ReplayPlanning;
import io.godwit.planner.planning.RunPlanning;
import io.godwit.planner.planning.Splitting;
import io.godwit.planner.planning.Topics;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.DutyKind;
import io.godwit.planner.store.OutboxPublisher;
import io.godwit.planner.subtask.Backoff;
import io.godwit.planner.subtask.Leases;
import io.godwit.planner.subtask.SubtaskMachine;
import io.godwit.planner.validate.Validation;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A planner: its parts, put together without a framework. Safe for threads; many may share one control store. */
public final class Planner {
    private final Requests requests;
    private final Controls controls;
    private final SubtaskEvents subtasks;
    private final Sweep sweep;
    private final PlannerQuestions answers;
    private final DutyRoster roster;

    /**
     * What the planner stands on.
     *
     * @param ensureTopic makes a pool's topic where it is not there
     * @param publishers hand events to the broker
     * @param duties do what takes longer than an event may
     * @param questions ask readers several things at once; not the threads of {@code duties}, which wait for them
     * @param timer renews leases and wakes; never waits for the others
     */
    public record Surroundings(
            DataSource controlStore,
            Clock clock,
            EventPublisher events,
            ExchangeTrimmer trimmer,
            Functions functions,
            List<Pool> pools,
            Consumer<Pool> ensureTopic,
            StepPlanner tables,
            Schedules.Cron cron,
            Probe probe,
            Meters meters,
            Executor publishers,
            Executor duties,
            ExecutorService questions,
            ScheduledExecutorService timer) {}

    /**
     * How it goes about its work.
     *
     * @param runCredit bytes of a run that may be read and not written
     * @param subtaskAttempts how often a subtask may come to nothing before its run fails
     * @param dutyAttempts how often planning and the like may
     * @param outboxAge how long an event lies before a tick publishes it again
     * @param dutyLease after how long another planner takes over from one that died
     * @param seals whether payloads in the exchange are sealed under a key of their run
     */
    public record Settings(
            RunPlanning.Defaults defaults,
            long runCredit,
            Leases leases,
            int subtaskAttempts,
            int dutyAttempts,
            Duration firstBackoff,
            Duration longestBackoff,
            Duration outboxAge,
            Duration dutyLease,
            boolean seals) {}

    public Planner(Surroundings around, Settings settings) {
        OutboxPublisher outbox = new OutboxPublisher(around.events(), around.publishers());
        ControlStore store = new ControlStore(around.controlStore(), around.clock(), outbox);
        Backoff backoff = new Backoff(settings.firstBackoff(), settings.longestBackoff(), RandomGenerator.getDefault());
        SubtaskMachine machine = new SubtaskMachine(settings.subtaskAttempts(), backoff);
        Map<DutyKind, DutyWork> works = new EnumMap<>(DutyKind.class);
        this.roster = new DutyRoster(
                store,
                works,
                around.duties(),
                around.timer(),
                new DutyRoster.Terms(
                        UUID.randomUUID().toString(), settings.dutyLease(), settings.dutyAttempts(), backoff));
        Owing owing = new Owing(roster::wake);
        this.requests = new Requests(store, owing, settings.defaults().concurrency());
        RunSteering steering = new RunSteering(owing, new Dependents(requests), settings.seals());
        Dispatcher dispatcher = new Dispatcher(
                store, around.pools(), settings.runCredit(), settings.leases(), new Random(), around.meters());
        SubtaskChanges changes = new SubtaskChanges(
                steering,
                owing,
                around.trimmer(),
                delay -> dispatchIn(around.timer(), dispatcher, delay),
                around.meters());
        Set<String> ofRows = around.pools().stream().map(Pool::topic).collect(Collectors.toSet());
        this.subtasks = new SubtaskEvents(store, machine, changes, dispatcher, ofRows, around.probe());
        this.controls = new Controls(store, steering, dispatcher);
        this.sweep = new Sweep(
                store,
                new Schedules(store, requests, around.cron()),
                subtasks,
                outbox,
                dispatcher,
                roster::wake,
                settings.outboxAge(),
                around.meters());

        Functions functions = around.functions();
        RunPlanning planning = new RunPlanning(
                functions,
                around.tables(),
                new IncrementalBounds(store, functions),
                new Splitting(functions, around.questions()),
                settings.defaults());
        ReplayPlanning replays = new ReplayPlanning(
                store, functions, around.tables(), planning, settings.defaults().rowBytes());
        Validation validation = new Validation(store, functions);
        Topics topics = new Topics(around.pools(), around.ensureTopic());
        works.put(DutyKind.PLAN, new PlanWork(store, planning, replays, topics, steering, dispatcher));
        works.put(DutyKind.PREPARE, new PrepareWork(store, functions, steering, dispatcher));
        works.put(DutyKind.SPLIT, new SplitWork(store, functions, steering, owing, machine, dispatcher));
        works.put(DutyKind.PUBLISH, new PublishWork(store, functions, steering, owing));
        works.put(DutyKind.VALIDATE, new ValidateWork(validation, steering));
        works.put(DutyKind.RECONCILE, new ReconcileWork(store, functions, steering, machine));
        works.put(DutyKind.REOPEN, new ReopenWork(store, functions, steering, owing, machine, dispatcher));
        works.put(DutyKind.CLOSE, new CloseWork(store, functions, steering, machine));
        works.put(DutyKind.RELEASE, new ReleaseWork(store, functions));
        this.answers = new PlannerAnswers(
                store,
                new Applying(store, around.cron()),
                new Explaining(store, planning),
                requests,
                controls,
                new Validating(store, validation),
                new Looking(store, functions),
                new Refused(store, functions),
                new Replays(store, requests));
    }

    public Requests requests() {
        return requests;
    }

    public Controls controls() {
        return controls;
    }

    public SubtaskEvents subtasks() {
        return subtasks;
    }

    public Sweep sweep() {
        return sweep;
    }

    public PlannerQuestions answers() {
        return answers;
    }

    /** Does, in the caller's thread, what is due of planning, preparing, publishing and closing. */
    public void workDuties() {
        roster.work();
    }

    private static void dispatchIn(ScheduledExecutorService timer, Dispatcher dispatcher, Duration delay) {
        ScheduledFuture<?> unused = timer.schedule(dispatcher::dispatch, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
    }
}
