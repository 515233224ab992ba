package io.godwit.planner.planning;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Consistency;
import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Parameters;
import io.godwit.core.plan.Plan;
import io.godwit.core.plan.Plan.PlannedTable;
import io.godwit.core.plan.Plan.StepPlan;
import io.godwit.core.plan.PlannedTables;
import io.godwit.core.plan.SourcePatterns;
import io.godwit.core.plan.StepPlanner;
import io.godwit.core.plan.StepQuestion;
import io.godwit.core.plan.StepQuestion.Bounds;
import io.godwit.core.plan.StepQuestion.Described;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.DescribeSink;
import io.godwit.core.question.SinkQuestions.SinkTables;
import io.godwit.core.question.SourceQuestions.DescribeSource;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.planner.dispatch.Route;
import io.godwit.planner.store.PlannedRun;
import io.godwit.planner.store.PlannedRun.Reached;
import io.godwit.planner.store.PlannedRun.StepTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans a whole run by asking readers and writers. Stores nothing, changes no sink. */
public final class RunPlanning {
    private final Functions functions;
    private final StepPlanner tables;
    private final IncrementalBounds increments;
    private final Splitting splitting;
    private final Snapshots snapshots;
    private final Defaults defaults;

    /**
     * What holds where neither job nor connection says.
     *
     * @param reads of a source connection at once
     * @param writes into a sink connection at once
     * @param concurrency reads of a run at once
     * @param splitBytes bytes of source in a subtask
     * @param mostSplitBytes what a function is sure to read within a request, whatever the job wishes
     * @param rowBytes the largest row, in bytes of the wire's form
     */
    public record Defaults(
            int reads, int writes, int concurrency, long splitBytes, long mostSplitBytes, long rowBytes) {}

    public RunPlanning(
            Functions functions,
            StepPlanner tables,
            IncrementalBounds increments,
            Splitting splitting,
            Defaults defaults) {
        this.functions = functions;
        this.tables = tables;
        this.increments = increments;
        this.splitting = splitting;
        this.snapshots = new Snapshots(functions);
        this.defaults = defaults;
    }

    /** Whether any step of the job wants all rows of one moment. */
    public static boolean holdsSnapshots(Job job) {
        return job.steps().stream().anyMatch(RunPlanning::isOfOneMoment);
    }

    private static boolean isOfOneMoment(Job.Step step) {
        return step.migrate().from().stream().anyMatch(from -> from.consistency() == Consistency.RUN);
    }

    /** @param forReal whether readers are asked to hold the snapshots that the run will read from */
    public PlannedRun plan(Planning question, boolean forReal) {
        Parameters parameters =
                Parameters.of(question.job(), question.run(), question.planTime(), question.parameters());
        List<StepPlan> steps = new ArrayList<>();
        Map<StepId, StepTerms> terms = new HashMap<>();
        Map<String, Reached> reached = new HashMap<>();
        Set<Route> routes = new LinkedHashSet<>();
        for (Job.Step step : question.job().steps()) {
            StepQuestion known = describe(question, parameters, step, forReal);
            List<String> needs = step.needs() != null ? step.needs() : previous(steps);
            StepPlan plan = plan(known, needs);
            steps.add(plan);
            terms.put(plan.id(), termsOf(step.migrate()));
            for (PlannedTable table : plan.tables()) {
                routes.add(route(question.job(), table.table()));
                reachedBy(known, table.table())
                        .ifPresent(mark -> reached.put(table.table().id(), mark));
            }
        }
        StepPlanner.checkTogether(steps);
        return new PlannedRun(
                new Plan(question.run(), steps), terms, List.copyOf(routes), reached, parameters.resolved());
    }

    private StepQuestion describe(Planning question, Parameters parameters, Job.Step step, boolean forReal) {
        StepId id = StepId.of(question.run(), step.name());
        List<Described> sources = new ArrayList<>();
        for (Migrate.From from : step.migrate().from()) {
            sources.add(describe(connection(question, from.connection()), from, parameters));
        }
        Map<String, String> held = forReal ? snapshots.hold(id, sources) : Map.of();
        return new StepQuestion(
                id,
                step,
                parameters,
                sources,
                connection(question, step.migrate().to().connection()),
                new HeldMarks(held, increments.of(question.job().name(), step, sources)),
                defaults.rowBytes());
    }

    private Described describe(Connection source, Migrate.From from, Parameters parameters) {
        SourcePatterns patterns = SourcePatterns.of(from, parameters);
        List<TableDescription> found = functions
                .readersOf(source)
                .describeSource(new DescribeSource(source, patterns.databases(), patterns.tables(), patterns.except()))
                .tables();
        return new Described(source, from, found);
    }

    private StepPlan plan(StepQuestion step, List<String> needs) {
        SinkTables sink = functions
                .writersOf(step.sink())
                .describeSink(new DescribeSink(step.sink(), tables.targets(step), tables.types(step)));
        PlannedTables planned = tables.plan(step, sink.tables(), sink.types());
        Migrate migrate = step.step().migrate();
        List<String> notes = new ArrayList<>(planned.notes());
        long wished = migrate.splitSize() == null ? defaults.splitBytes() : migrate.splitSize();
        long splitBytes = Math.min(wished, defaults.mostSplitBytes());
        List<PlannedTable> split = splitting.split(planned.tables(), splitBytes, notes);
        return new StepPlan(
                step.id(),
                needs,
                isOfOneMoment(step.step()) ? Consistency.RUN : Consistency.SUBTASK,
                split,
                migrate.before(),
                migrate.after(),
                notes);
    }

    private Route route(Job job, TablePlan table) {
        Integer reads = table.source().limits().reads();
        Integer writes = table.sink().limits().writes();
        return new Route(
                table.step(),
                table.source().name(),
                table.sink().name(),
                functions.between(table.source(), table.sink()),
                reads == null ? defaults.reads() : reads,
                writes == null ? defaults.writes() : writes,
                job.concurrency() == null ? defaults.concurrency() : job.concurrency());
    }

    private static Optional<Reached> reachedBy(StepQuestion step, TablePlan table) {
        Bounds bounds = step.marks().bounds(table.source(), table.definition().name());
        return bounds == null || bounds.high() == null
                ? Optional.empty()
                : Optional.of(new Reached(
                        HeldMarks.keyOf(table.source(), table.definition().name()), bounds.column(), bounds.high()));
    }

    private static StepTerms termsOf(Migrate migrate) {
        Migrate.Quarantine quarantine = migrate.quarantine();
        return new StepTerms(
                quarantine == null ? null : quarantine.rows(),
                quarantine == null ? null : quarantine.percent(),
                migrate.validate() == Migrate.Validation.DEEP);
    }

    private static List<String> previous(List<StepPlan> steps) {
        return steps.isEmpty()
                ? List.of()
                : List.of(steps.get(steps.size() - 1).id().step());
    }

    private static Connection connection(Planning question, String name) {
        Connection found = question.connections().get(name);
        if (found == null) {
            throw new GodwitException(
                    ErrorCode.CONNECTION_UNKNOWN,
                    "job " + question.job().name() + ": no connection of the name " + name + " in the catalog",
                    "Apply a file that defines it.");
        }
        return found;
    }
}
