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
import io.godwit.core.plan.ReadTogether;
import io.godwit.core.plan.SourcePatterns;
import io.godwit.core.plan.StepPlanner;
import io.godwit.core.plan.StepQuestion;
import io.godwit.core.plan.StepQuestion.Bounds;
import io.godwit.core.plan.StepQuestion.Described;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.DescribeSink;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.SinkTables;
import io.godwit.core.question.SourceQuestions.DescribeSource;
import io.godwit.core.question.SourceQuestions.SourceTables;
import io.godwit.core.run.StepId;
import io.godwit.planner.dispatch.Route;
import io.godwit.planner.store.PlannedRun;
import io.godwit.planner.store.PlannedRun.Reached;
import io.godwit.planner.store.PlannedRun.StepTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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
        Map<String, List<String>> running = new HashMap<>();
        for (Job.Step step : question.job().steps()) {
            Set<String> notes = new LinkedHashSet<>();
            List<StepQuestion> known = describe(question, parameters, step, forReal, notes);
            List<String> needs = step.needs() == null
                    ? previous(question.job(), step, running)
                    : step.needs().stream()
                            .flatMap(name -> running.getOrDefault(name, List.of(name)).stream())
                            .toList();
            List<StepPlan> plans = plan(known, needs, notes);
            running.put(
                    step.name(), plans.stream().map(plan -> plan.id().step()).toList());
            steps.addAll(plans);
            plans.forEach(plan -> terms.put(plan.id(), termsOf(step.migrate())));
            routes.addAll(routes(question.job(), plans));
            // A mark is the job's step's: the first of its targets keeps it, once the run is complete for all.
            for (PlannedTable table : plans.get(0).tables()) {
                reachedBy(known.get(0), table.table())
                        .ifPresent(mark -> reached.put(table.table().id(), mark));
            }
        }
        StepPlanner.checkTogether(steps);
        return new PlannedRun(
                new Plan(question.run(), steps), terms, List.copyOf(routes), reached, parameters.resolved());
    }

    /**
     * What preparing each step would do. Nothing is changed, and all that a sink refuses to do is refused here.
     *
     * @return by step, in the plan's order; none of a step without tables
     */
    public Map<StepId, Preparation> rehearse(Plan plan) {
        Map<StepId, Preparation> preparations = new LinkedHashMap<>();
        for (StepPlan step : plan.steps()) {
            if (!step.tables().isEmpty()) {
                List<TablePlan> tables =
                        step.tables().stream().map(PlannedTable::table).toList();
                preparations.put(
                        step.id(),
                        functions
                                .writersOf(tables.get(0).sink())
                                .previewPreparation(new PrepareStep(step.id(), tables, step.before())));
            }
        }
        return preparations;
    }

    /**
     * A step's sources, looked at once, and each of its targets.
     *
     * @param notes gets what readers say of their kinds of sources
     */
    private List<StepQuestion> describe(
            Planning question, Parameters parameters, Job.Step step, boolean forReal, Set<String> notes) {
        StepId first = StepId.of(question.run(), step.name());
        List<Described> sources = new ArrayList<>();
        for (Migrate.From from : step.migrate().from()) {
            sources.add(describe(connection(question, from.connection()), from, parameters, notes));
        }
        Map<String, String> held = forReal ? snapshots.hold(first, sources) : Map.of();
        HeldMarks marks = new HeldMarks(held, increments.of(question.job().name(), step, sources));
        return step.perTarget().stream()
                .map(target -> new StepQuestion(
                        StepId.of(question.run(), target.name()),
                        target,
                        parameters,
                        sources,
                        connection(question, target.migrate().to().connection()),
                        marks,
                        defaults.rowBytes()))
                .toList();
    }

    private Described describe(Connection source, Migrate.From from, Parameters parameters, Set<String> notes) {
        SourcePatterns patterns = SourcePatterns.of(from, parameters);
        SourceTables found = functions
                .readersOf(source)
                .describeSource(new DescribeSource(source, patterns.databases(), patterns.tables(), patterns.except()));
        notes.addAll(found.notes());
        return new Described(source, from, found.tables());
    }

    /** One plan for each target: of the same splits, which are read once for all of them. */
    private List<StepPlan> plan(List<StepQuestion> targets, List<String> needs, Set<String> kinds) {
        List<List<TablePlan>> planned = new ArrayList<>();
        List<List<String>> notes = new ArrayList<>();
        for (StepQuestion target : targets) {
            SinkTables sink = functions
                    .writersOf(target.sink())
                    .describeSink(new DescribeSink(target.sink(), tables.targets(target), tables.types(target)));
            PlannedTables fits = tables.plan(target, sink.tables(), sink.types());
            Set<String> told = new LinkedHashSet<>(planned.isEmpty() ? kinds : Set.of());
            told.addAll(sink.notes());
            told.addAll(fits.notes());
            planned.add(fits.tables());
            notes.add(new ArrayList<>(told));
        }
        List<List<TablePlan>> fitted = ReadTogether.fit(planned);
        Job.Step first = targets.get(0).step();
        Long wished = first.migrate().splitSize();
        long splitBytes = Math.min(wished == null ? defaults.splitBytes() : wished, defaults.mostSplitBytes());
        List<PlannedTable> split = splitting.split(fitted.get(0), splitBytes, notes.get(0));
        List<StepPlan> plans = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            if (i > 0) {
                notes.get(i).add("read once, with step " + first.name());
            }
            plans.add(new StepPlan(
                    targets.get(i).id(),
                    needs,
                    isOfOneMoment(first) ? Consistency.RUN : Consistency.SUBTASK,
                    ofSplits(fitted.get(i), split),
                    first.migrate().before(),
                    first.migrate().after(),
                    notes.get(i),
                    targets.size() == 1 ? null : first.name()));
        }
        return plans;
    }

    private static List<PlannedTable> ofSplits(List<TablePlan> tables, List<PlannedTable> split) {
        return IntStream.range(0, tables.size())
                .mapToObj(i -> new PlannedTable(tables.get(i), split.get(i).splits()))
                .toList();
    }

    /** Of steps that are read together: a pool must reach what all of their tables of one place go into. */
    private List<Route> routes(Job job, List<StepPlan> together) {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < together.get(0).tables().size(); i++) {
            int place = i;
            List<TablePlan> tables = together.stream()
                    .map(step -> step.tables().get(place).table())
                    .toList();
            List<String> pools = functions.between(
                    tables.get(0).source(), tables.stream().map(TablePlan::sink).toList());
            tables.forEach(table -> routes.add(route(job, table, pools)));
        }
        return routes;
    }

    /** Of a table that is read for itself alone. */
    Route route(Job job, TablePlan table) {
        return route(job, table, functions.between(table.source(), List.of(table.sink())));
    }

    private Route route(Job job, TablePlan table, List<String> pools) {
        Integer reads = table.source().limits().reads();
        Integer writes = table.sink().limits().writes();
        return new Route(
                table.step(),
                table.source().name(),
                table.sink().name(),
                pools,
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

    /** The steps that the one before in the file runs as. */
    private static List<String> previous(Job job, Job.Step step, Map<String, List<String>> running) {
        int at = job.steps().indexOf(step);
        return at == 0
                ? List.of()
                : running.getOrDefault(job.steps().get(at - 1).name(), List.of());
    }

    static Connection connection(Planning question, String name) {
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
