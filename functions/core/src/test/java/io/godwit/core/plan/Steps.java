package io.godwit.core.plan;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Consistency;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.DriftPolicy;
import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Migrate.ColumnMapping;
import io.godwit.core.job.Migrate.From;
import io.godwit.core.job.Migrate.TableSelection;
import io.godwit.core.job.Parameters;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.StepQuestion.Described;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TargetType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A step to plan, from {@code shop} into {@code lake}, changed by what a test says. */
final class Steps {
    private final List<Described> sources = new ArrayList<>();
    private @Nullable String filter;
    private List<ColumnMapping> columns = List.of();
    private String target = "lake.{table}";
    private WriteMode mode = WriteMode.APPEND;
    private CreateMode create = CreateMode.IF_MISSING;
    private DriftPolicy drift = DriftPolicy.FAIL;
    private List<String> key = List.of();
    private Map<String, String> types = Map.of();
    private List<TargetType> sinkTypes = List.of();
    private StepQuestion.Marks marks = StepQuestion.Marks.NONE;
    private TypeRule rule = TestTypes.RULE;
    private Connection sink = connection("lake", "lake.example.org", "lake");

    static Steps step() {
        return new Steps();
    }

    static Connection connection(String name, String host, String database) {
        return new Connection(
                name, "postgresql", host, null, database, null, null, Map.of(), Connection.Limits.NONE, List.of());
    }

    static TableSelection selection(String pattern) {
        return new TableSelection(pattern, null, null, null, null, null);
    }

    static ColumnMapping column(String from) {
        return new ColumnMapping(from, null, null, null);
    }

    static ColumnMapping renamed(String from, String to, @Nullable String type) {
        return new ColumnMapping(from, to, type, null);
    }

    static ColumnMapping value(String to, @Nullable String type, String value) {
        return new ColumnMapping(null, to, type, value);
    }

    static ColumnMapping computed(String to, @Nullable String type, String expression) {
        return new ColumnMapping(null, to, type, null, expression);
    }

    /** Tables of a connection that all patterns are to match. */
    Steps source(Connection connection, List<TableSelection> selections, TableDescription... tables) {
        return source(connection, selections, null, null, tables);
    }

    Steps source(String pattern, TableDescription... tables) {
        return source(connection("shop", "db.example.org", "shop"), List.of(selection(pattern)), tables);
    }

    Steps source(
            Connection connection,
            List<TableSelection> selections,
            @Nullable String where,
            Migrate.@Nullable Incremental incremental,
            TableDescription... tables) {
        sources.add(new Described(
                connection,
                new From(
                        connection.name(),
                        List.of(),
                        selections,
                        List.of("public.tmp_*"),
                        where,
                        incremental,
                        Consistency.SUBTASK),
                List.of(tables)));
        return this;
    }

    Steps columns(ColumnMapping... mappings) {
        columns = List.of(mappings);
        return this;
    }

    Steps filter(String wanted) {
        filter = wanted;
        return this;
    }

    Steps types(Map<String, String> wanted) {
        types = wanted;
        return this;
    }

    /** What the sink makes of types. */
    Steps sinkTypes(TargetType... answer) {
        sinkTypes = List.of(answer);
        return this;
    }

    /** By the rule of every plan that is run, the sink taking each type as it is. */
    Steps lattice() {
        rule = TypeRule.LATTICE;
        return this;
    }

    Steps target(String template) {
        target = template;
        return this;
    }

    Steps mode(WriteMode wanted, String... columnsOfKey) {
        mode = wanted;
        key = List.of(columnsOfKey);
        return this;
    }

    Steps create(CreateMode wanted) {
        create = wanted;
        return this;
    }

    Steps drift(DriftPolicy wanted) {
        drift = wanted;
        return this;
    }

    Steps sink(Connection connection) {
        sink = connection;
        return this;
    }

    Steps marks(StepQuestion.Marks wanted) {
        marks = wanted;
        return this;
    }

    StepQuestion question() {
        Migrate migrate = new Migrate(
                sources.stream().map(Described::from).toList(),
                new Migrate.To(sink.name(), target, mode, key, create),
                columns,
                types,
                drift,
                null,
                Migrate.Validation.PROOF,
                List.of(),
                List.of(),
                null,
                filter);
        Job.Step step = new Job.Step("copy", null, migrate);
        Job job = new Job("nightly", List.of(step), null, Map.of("region", "eu"), null, List.of(), null);
        Instant planTime = Instant.parse("2026-11-22T02:00:00Z");
        RunId run = RunId.of(job.name(), planTime);
        return new StepQuestion(
                StepId.of(run, "copy"),
                step,
                Parameters.of(job, run, planTime, Map.of()),
                sources,
                sink,
                marks,
                1 << 20);
    }

    PlannedTables plan(TableDescription... existing) {
        StepPlanner planner = new StepPlanner(rule);
        StepQuestion question = question();
        List<TargetType> answer = !sinkTypes.isEmpty()
                ? sinkTypes
                : planner.types(question).stream()
                        .flatMap(type -> Stream.of(true, false)
                                .map(inKey -> new TargetType(type, inKey, type, type.notation(), null)))
                        .toList();
        return planner.plan(question, List.of(existing), answer);
    }

    /** The target's columns of the only table, as {@code target<-origin:wire}. */
    static List<String> columnsOf(TablePlan table) {
        return table.columns().stream()
                .map(column -> column.target() + "<-" + origin(column.origin()) + ":"
                        + column.wireType().notation())
                .toList();
    }

    private static String origin(Origin origin) {
        if (origin instanceof Origin.Computed computed) {
            return computed.formula().text();
        }
        return origin instanceof Origin.SourceColumn column
                ? column.name()
                : "'" + ((Origin.Constant) origin).text() + "'";
    }

    static List<String> targets(PlannedTables planned) {
        return planned.tables().stream()
                .flatMap(table -> Stream.of(table.definition().name() + " -> " + table.target()))
                .toList();
    }
}
