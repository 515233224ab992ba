package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.event.Event;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.event.Fact;
import io.godwit.core.plan.StepPlanner;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.plan.TypeRule;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.planner.dispatch.Pool;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.planning.RunPlanning;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.OutboxPublisher;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import io.godwit.planner.subtask.Leases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;

/** A planner over a real control store and an {@link InMemoryWorld}. Duties are done when a test says so. */
final class PlannerFixture implements AutoCloseable {
    private static final Pool FOUR_LANES = new Pool("default", "rows", 4, 1, 1L << 30);

    final DataSource controlStore;
    final InMemoryWorld world;
    final InMemoryReaders readers;
    final InMemoryWriters writers;
    final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4, PlannerFixture::daemon);
    final ControlStore store;
    final Planner planner;

    PlannerFixture() {
        this(20);
    }

    /** @param attempts of a subtask */
    PlannerFixture(int attempts) {
        this(ControlStoreOfTests.fresh(), new InMemoryWorld(), new InMemoryReaders(), attempts, FOUR_LANES);
    }

    /** Room for so many subtasks at once. */
    static PlannerFixture ofLanes(int lanes) {
        Pool pool = new Pool("default", "rows", lanes, 1, 1L << 50);
        return new PlannerFixture(ControlStoreOfTests.fresh(), new InMemoryWorld(), new InMemoryReaders(), 20, pool);
    }

    /** Another planner over the same control store, in the same world. */
    PlannerFixture(PlannerFixture other) {
        this(other.controlStore, other.world, other.readers, 20, FOUR_LANES);
    }

    private PlannerFixture(
            DataSource controlStore, InMemoryWorld world, InMemoryReaders readers, int attempts, Pool pool) {
        this.controlStore = controlStore;
        this.world = world;
        this.readers = readers;
        this.writers = new InMemoryWriters(world);
        this.store = new ControlStore(controlStore, Clock.systemUTC(), new OutboxPublisher(world, Runnable::run));
        this.planner = new Planner(
                new Planner.Surroundings(
                        controlStore,
                        Clock.systemUTC(),
                        world,
                        world,
                        new Functions(Map.of(pool.name(), new Functions.Pooled(readers, writers))),
                        List.of(pool),
                        made -> {},
                        new StepPlanner(TypeRule.LATTICE),
                        PlannerFixture::nextHour,
                        Probe.NONE,
                        Meters.NONE,
                        Runnable::run,
                        duty -> {},
                        timer,
                        timer),
                new Planner.Settings(
                        new RunPlanning.Defaults(4, 2, 8, 64 << 20, 256 << 20, 64 << 20),
                        pool.credit(),
                        new Leases(Duration.ofMinutes(1), 1 << 20, Duration.ofHours(1)),
                        attempts,
                        3,
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(1),
                        true));
    }

    private static Instant nextHour(String expression, String zone, Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "planner-test");
        thread.setDaemon(true);
        return thread;
    }

    /** Applies a file of two connections and the job. */
    void apply(String job) {
        planner.answers().apply(new JobFile("test.yaml", connections() + job));
    }

    static String connections() {
        return connection("shop", "") + connection("warehouse", "");
    }

    /** @param more lines of the document, each with its line end */
    static String connection(String name, String more) {
        return """
                kind: Connection
                name: %1$s
                type: postgresql
                host: localhost
                database: %1$s
                %2$s---
                """.formatted(name, more);
    }

    static String job(String name, String... tables) {
        return """
                kind: Job
                name: %s
                steps:
                  - name: copy
                    migrate:
                      from: { connection: shop, tables: [%s] }
                      to: { connection: warehouse, table: "copy.{table}" }
                """.formatted(name, String.join(", ", tables));
    }

    RunId start(String job) {
        return planner.answers().start(new StartRun(job, null, Map.of())).run();
    }

    RunId start(String job, Instant planTime) {
        return planner.answers().start(new StartRun(job, planTime, Map.of())).run();
    }

    /** Plans and prepares, so that the first window is dispatched. */
    void workDuties() {
        planner.workDuties();
    }

    Run run(RunId id) {
        return store.transact(session -> Runs.find(session, id)).orElseThrow();
    }

    RunState stateOf(RunId id) {
        return run(id).status().state();
    }

    /** Gives an event to the function that acts on it; what comes of it is published. */
    void deliver(Event event) {
        if (event instanceof SubtaskRead read) {
            world.publish(world.read(read));
        } else if (event instanceof SubtaskWrite write) {
            world.publish(world.write(write));
        } else if (event instanceof RowsReady ready) {
            planner.subtasks().rowsReady(ready);
        } else if (event instanceof SubtaskWritten written) {
            planner.subtasks().written(written);
        } else if (event instanceof SubtaskFailed failed) {
            planner.subtasks().failed(failed);
        }
    }

    /** Delivers everything, and does every duty, until all is still. */
    void settle() {
        do {
            workDuties();
            while (!world.events.isEmpty()) {
                deliver(world.events.remove(0));
            }
            workDuties();
        } while (!world.events.isEmpty());
    }

    /** Takes the event of this kind that lies first. */
    <E extends Event> E take(Class<E> kind) {
        Event found = world.events.stream().filter(kind::isInstance).findFirst().orElseThrow();
        world.events.remove(found);
        return kind.cast(found);
    }

    /** The facts of a run, which must have no gap. */
    List<Fact> factsOf(RunId run) {
        List<RunRecorded> recorded = world.facts.stream()
                .map(RunRecorded.class::cast)
                .filter(fact -> fact.run().equals(run))
                .distinct()
                .sorted(Comparator.comparingLong(RunRecorded::sequence))
                .toList();
        for (int i = 0; i < recorded.size(); i++) {
            assertThat(recorded.get(i).sequence()).isEqualTo(i + 1);
        }
        return recorded.stream().map(RunRecorded::fact).toList();
    }

    List<RunState> statesOf(RunId run) {
        return factsOf(run).stream()
                .filter(Fact.StateChanged.class::isInstance)
                .map(fact -> ((Fact.StateChanged) fact).state())
                .toList();
    }

    /** The plan of the run's only table. */
    TablePlan tablePlan(Session session, RunId run) {
        return tablePlan(session, StepId.of(run, "copy"));
    }

    /** The plan of the step's only table. */
    TablePlan tablePlan(Session session, StepId step) {
        List<String> documents = Steps.workOf(session, step).documents();
        return Documents.getAll(session, documents, TablePlan.class).get(0);
    }

    void sql(String statement) {
        ControlStoreOfTests.run(controlStore, statement);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
