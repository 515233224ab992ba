package io.godwit.planner.planning;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorKind;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Consistency;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Parameters;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Plan;
import io.godwit.core.plan.Plan.PlannedTable;
import io.godwit.core.plan.Plan.StepPlan;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.SourcePatterns;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.StepPlanner;
import io.godwit.core.plan.StepQuestion;
import io.godwit.core.plan.StepQuestion.Described;
import io.godwit.core.plan.StoredValues;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.DescribeSink;
import io.godwit.core.question.SinkQuestions.SinkTables;
import io.godwit.core.question.SourceQuestions.DescribeSource;
import io.godwit.core.row.SourceFields;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.TableDescription;
import io.godwit.planner.dispatch.Route;
import io.godwit.planner.planning.KeptGroups.Group;
import io.godwit.planner.planning.KeptGroups.Part;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.PlannedRun;
import io.godwit.planner.store.PlannedRun.StepTerms;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans a run that replays quarantined rows: the job's mapping as it is now, of rows as they were kept. Each kind of
 * kept rows of a table is a table plan of its own; what its subtasks take are documents. Rows are inserted or upserted,
 * never is a target emptied, made, or given SQL before and after.
 */
public final class ReplayPlanning {
    private final ControlStore store;
    private final Functions functions;
    private final StepPlanner tables;
    private final RunPlanning planning;
    private final long rowBytes;

    /** A plan, and the documents that it needs besides. */
    public record Replay(PlannedRun run, Map<String, Object> documents) {}

    /** What a step wrote in the run that is replayed, and where its rows may lie. */
    private record Before(Job.Step step, List<TablePlan> tables, List<StepId> quarantines) {}

    public ReplayPlanning(
            ControlStore store, Functions functions, StepPlanner tables, RunPlanning planning, long rowBytes) {
        this.store = store;
        this.functions = functions;
        this.tables = tables;
        this.planning = planning;
        this.rowBytes = rowBytes;
    }

    /**
     * Plans it.
     *
     * @param of the run whose rows are replayed; parameters are those of its plan time
     * @throws GodwitException RUN_STATE_REFUSES where there is nothing to replay
     */
    public Replay plan(Planning question, RunId of) {
        Run first = store.transact(session -> Runs.find(session, of)).orElseThrow();
        Parameters parameters = Parameters.of(question.job(), question.run(), first.planTime(), question.parameters());
        List<StepPlan> steps = new ArrayList<>();
        Map<StepId, StepTerms> terms = new HashMap<>();
        Set<Route> routes = new LinkedHashSet<>();
        Map<String, Object> documents = new HashMap<>();
        Set<String> left = new LinkedHashSet<>();
        // What each target of a step refused is replayed into that target alone.
        List<Job.Step> perTarget = question.job().steps().stream()
                .flatMap(step -> step.perTarget().stream())
                .toList();
        List<String> gone = store.transact(session -> gone(session, of, perTarget));
        left.addAll(gone);
        for (Job.Step step : perTarget) {
            Before before = store.transact(session -> before(session, of, step));
            if (before.tables().isEmpty()) {
                continue;
            }
            Connection sink =
                    RunPlanning.connection(question, step.migrate().to().connection());
            requireSameSink(before.tables().get(0).sink(), sink);
            KeptGroups kept = new KeptGroups();
            before.quarantines().forEach(quarantine -> kept.add(functions, quarantine, sink));
            StepId id = StepId.of(question.run(), step.name());
            List<String> notes = new ArrayList<>(steps.isEmpty() ? gone : List.of());
            if (kept.withheld() > 0) {
                notes.add(kept.withheld() + " rows stay in quarantine: they are kept without their values, as the"
                        + " mapping hid some, or the source has them in no form that can be kept; find them there by"
                        + " their places");
            }
            List<PlannedTable> planned = new ArrayList<>();
            kept.groups()
                    .forEach((group, parts) -> new Grouped(question, parameters, before, id, sink, group)
                            .plan(planned.size(), parts, documents, notes)
                            .ifPresent(planned::add));
            left.addAll(notes);
            if (!planned.isEmpty()) {
                steps.add(new StepPlan(id, List.of(), Consistency.SUBTASK, planned, List.of(), List.of(), notes, null));
                terms.put(id, new StepTerms(null, null, false));
                planned.forEach(table -> routes.add(planning.route(question.job(), table.table())));
            }
        }
        if (steps.isEmpty()) {
            throw nothing(of, left);
        }
        return new Replay(
                new PlannedRun(
                        new Plan(question.run(), steps), terms, List.copyOf(routes), Map.of(), parameters.resolved()),
                documents);
    }

    /** Of steps and targets that the job has no more, and that had rows in quarantine: that these stay there. */
    private static List<String> gone(Session session, RunId of, List<Job.Step> now) {
        return Steps.of(session, of).stream()
                .map(step -> StepId.of(of, step.name()))
                .filter(step -> now.stream().noneMatch(one -> one.name().equals(step.step())))
                .filter(step -> Steps.hasQuarantined(session, step))
                .map(step -> "what is in quarantine of step " + step.step() + " stays there: the job has no such step"
                        + " or target any more. Let it have it again, or export the rows and load them.")
                .toList();
    }

    private static Before before(Session session, RunId of, Job.Step step) {
        StepId first = StepId.of(of, step.name());
        if (Steps.stateOf(session, first).isEmpty()) {
            return new Before(step, List.of(), List.of());
        }
        return new Before(
                step,
                Documents.getAll(session, Steps.workOf(session, first).documents(), TablePlan.class),
                Steps.withReplays(session, first));
    }

    /** The table plan of one group. */
    private final class Grouped {
        private final Planning question;
        private final Parameters parameters;
        private final Before before;
        private final StepId id;
        private final Connection sink;
        private final Group group;
        private final TablePlan then;

        Grouped(Planning question, Parameters parameters, Before before, StepId id, Connection sink, Group group) {
            this.question = question;
            this.parameters = parameters;
            this.before = before;
            this.id = id;
            this.sink = sink;
            this.group = group;
            this.then = store.transact(
                    session -> Documents.find(session, KeptRows.mappingOf(group.layout()), TablePlan.class)
                            .orElseGet(() -> Documents.get(session, group.layout(), TablePlan.class)));
        }

        /** Empty where the mapping as it is now cannot be had of these rows: they stay open, and a note says why. */
        Optional<PlannedTable> plan(int ordinal, List<Part> parts, Map<String, Object> documents, List<String> notes) {
            long rows = parts.stream().mapToLong(Part::rows).sum();
            TablePlan now;
            TablePlan table;
            try {
                now = mapped();
                table = kept(now, ordinal, rows);
            } catch (GodwitException cannot) {
                if (cannot.code().kind() != ErrorKind.USER) {
                    throw cannot;
                }
                notes.add(rows + " rows stay in quarantine: " + cannot.getMessage() + ". " + cannot.remedy());
                return Optional.empty();
            }
            // The replay's own plan reads the sink; where its rows came from first, this says.
            documents.put(KeptRows.mappingOf(table.id()), now);
            List<PlannedSplit> splits = new ArrayList<>();
            for (Part part : parts) {
                documents.put(KeptRows.id(SubtaskId.of(id, ordinal, splits.size())), part.kept(group.form()));
                splits.add(new PlannedSplit(new Split.Whole(null), part.rows(), part.bytes()));
            }
            return Optional.of(new PlannedTable(table, splits));
        }

        private TablePlan kept(TablePlan now, int ordinal, long rows) {
            return switch (group.form()) {
                case TARGET -> new StoredValues(then).replaying(now, ordinal, sink, rows);
                case RAW -> now.replaying(ordinal, now.source(), now.columns(), now.filter(), rows);
                default -> {
                    requireFields(now);
                    yield now.replaying(ordinal, sink, now.columns(), now.filter(), rows);
                }
            };
        }

        /** As if the table were read once more, by the job as it is now. */
        private TablePlan mapped() {
            Migrate migrate = migrateAgain(before.step().migrate());
            List<Described> sources = new ArrayList<>();
            for (Migrate.From from : migrate.from()) {
                sources.add(described(RunPlanning.connection(question, from.connection()), from));
            }
            StepQuestion asked = new StepQuestion(
                    id,
                    new Job.Step(before.step().name(), before.step().needs(), migrate),
                    parameters,
                    sources,
                    sink,
                    StepQuestion.Marks.NONE,
                    rowBytes);
            SinkTables found = functions
                    .writersOf(sink)
                    .describeSink(new DescribeSink(sink, tables.targets(asked), tables.types(asked)));
            List<TablePlan> taken = tables.plan(asked, found.tables(), found.types()).tables().stream()
                    .filter(this::isOfTheSameTable)
                    .toList();
            if (taken.isEmpty()) {
                throw new GodwitException(
                        ErrorCode.NO_TABLE_MATCHES,
                        display() + ": the job no longer takes this table, of which rows are in quarantine",
                        "Let it match again, or export the rows and load them.");
            }
            return taken.size() == 1 ? taken.get(0) : oneOf(taken);
        }

        /** A table of the same name may be had from another source too. */
        private boolean isOfTheSameTable(TablePlan table) {
            return table.source().name().equals(then.source().name())
                    && table.definition().name().equals(then.definition().name());
        }

        /** Of a table that is taken more than once: the one into the same target, and in the same place if need be. */
        private TablePlan oneOf(List<TablePlan> taken) {
            List<TablePlan> same = taken.stream()
                    .filter(table -> table.target().equals(then.target()))
                    .toList();
            return same.stream()
                    .filter(table -> same.size() == 1 || table.ordinal() == then.ordinal())
                    .findFirst()
                    .orElseThrow(() -> new GodwitException(
                            ErrorCode.NOT_SUPPORTED,
                            display() + ": the job takes this table more than once, and otherwise than when its rows"
                                    + " were refused: which mapping is theirs cannot be told",
                            "Let the step take it as it did, or export the rows and load them."));
        }

        private String display() {
            return then.definition().name() + " of connection " + then.source().name();
        }

        /** The tables as they were; those of rows that are to be read anew as they are now. */
        private Described described(Connection connection, Migrate.From from) {
            Map<Object, TableDescription> known = new LinkedHashMap<>();
            before.tables().stream()
                    .filter(table -> table.source().name().equals(connection.name()))
                    .forEach(table -> known.put(table.definition().name(), table.definition()));
            if (connection.name().equals(then.source().name())
                    && known.containsKey(then.definition().name())) {
                known.put(
                        then.definition().name(),
                        group.form() == RowForm.RAW ? now(connection, from) : then.definition());
            }
            return new Described(connection, from, List.copyOf(known.values()));
        }

        private TableDescription now(Connection connection, Migrate.From from) {
            SourcePatterns patterns = SourcePatterns.of(from, parameters);
            return functions
                    .readersOf(connection)
                    .describeSource(
                            new DescribeSource(connection, patterns.databases(), patterns.tables(), patterns.except()))
                    .tables()
                    .stream()
                    .filter(table -> table.name().equals(then.definition().name()))
                    .findFirst()
                    .orElse(then.definition());
        }

        /** The mapping may be another, but only of the columns that were read. */
        private void requireFields(TablePlan now) {
            List<Origin.SourceColumn> kept = SourceFields.of(then.columns(), then.filter());
            for (Origin.SourceColumn field : SourceFields.of(now.columns(), now.filter())) {
                if (!kept.contains(field)) {
                    throw new GodwitException(
                            ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                            then.definition().name() + ": the mapping now reads column " + field.name()
                                    + ", which the kept rows do not have",
                            "Map the columns that were mapped, or export the rows, mend them and load them.");
                }
            }
        }
    }

    /** Rows of a finished load are added to it. */
    private static Migrate migrateAgain(Migrate migrate) {
        Migrate.To to = migrate.to();
        return new Migrate(
                migrate.from().stream()
                        .map(from -> new Migrate.From(
                                from.connection(),
                                from.databases(),
                                from.tables().stream()
                                        .map(ReplayPlanning::selectedAgain)
                                        .toList(),
                                from.except(),
                                null,
                                null,
                                Consistency.SUBTASK))
                        .toList(),
                new Migrate.To(to.connection(), to.table(), added(to.mode()), to.key(), CreateMode.NEVER),
                migrate.columns(),
                migrate.types(),
                migrate.drift(),
                migrate.quarantine(),
                Migrate.Validation.PROOF,
                List.of(),
                List.of(),
                migrate.splitSize(),
                migrate.filter());
    }

    private static Migrate.TableSelection selectedAgain(Migrate.TableSelection selection) {
        WriteMode mode = selection.mode();
        return new Migrate.TableSelection(
                selection.pattern(),
                selection.to(),
                null,
                selection.columns(),
                selection.key(),
                mode == null ? null : added(mode),
                selection.filter());
    }

    private static WriteMode added(WriteMode mode) {
        return mode.loadsAside() ? WriteMode.APPEND : mode;
    }

    private static void requireSameSink(Connection then, Connection now) {
        boolean same = then.type().equals(now.type())
                && isSame(then.host(), now.host())
                && isSame(then.port(), now.port())
                && then.database().equals(now.database());
        if (!same) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "connection " + now.name() + " leads elsewhere than when the rows were refused, and they lie there",
                    "Replay into the same database, or export the rows and load them.");
        }
    }

    private static boolean isSame(@Nullable Object then, @Nullable Object now) {
        return java.util.Objects.equals(then, now);
    }

    private static GodwitException nothing(RunId of, Set<String> left) {
        return new GodwitException(
                ErrorCode.RUN_STATE_REFUSES,
                "no row of run " + of + " in quarantine can be replayed" + (left.isEmpty() ? "" : ": ")
                        + String.join("; ", left),
                "See what is open: godwit quarantine " + of);
    }
}
