package io.godwit.connector.postgresql;

import io.godwit.connector.Sink;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * One step from one database into another, planned as a planner plans it. One subtask per table, unless told otherwise.
 */
final class Load {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Set<SubtaskId> begun = ConcurrentHashMap.newKeySet();
    private final Database from;
    private final Database to;
    private final StepId step =
            StepId.of(RunId.of("load", Instant.ofEpochSecond(1_700_000_000L + RUNS.incrementAndGet())), "copy");
    private final List<TablePlan> plans = new ArrayList<>();
    private WriteMode mode = WriteMode.APPEND;

    Load(Database from, Database to) {
        this.from = from;
        this.to = to;
    }

    /** For the tables that come after. */
    Load mode(WriteMode wanted) {
        mode = wanted;
        return this;
    }

    /** A table into one of the same name. */
    Load table(String schema, String name) throws SQLException {
        return table(schema, name, plan -> plan);
    }

    Load table(String schema, String name, UnaryOperator<TablePlan> change) throws SQLException {
        TableDescription source = from.describe(schema, name);
        List<ColumnPlan> columns = source.columns().stream()
                .filter(column -> !column.generated())
                .map(Load::asItIs)
                .toList();
        List<String> key = mode.needsKey() && source.primaryKey() != null
                ? source.primaryKey().columns()
                : List.of();
        plans.add(change.apply(TablePlan.builder(step, plans.size())
                .source(from.connection(), source)
                .sink(to.connection(), new TableName(null, schema, name))
                .mode(mode)
                .key(key)
                .columns(columns)
                .maxRowBytes(1 << 30)
                .build()));
        return this;
    }

    static ColumnPlan asItIs(Column column) {
        return new ColumnPlan(
                column.name(), new SourceColumn(column.name(), column.type()), column.type(), column.nativeType());
    }

    /** The plan with other columns, target, mode, quarantine or condition. */
    static TablePlan with(TablePlan plan, TableName target, List<ColumnPlan> columns) {
        return plan.toBuilder().sink(plan.sink(), target).columns(columns).build();
    }

    static TablePlan with(TablePlan plan, Quarantine quarantine) {
        return plan.toBuilder().quarantine(quarantine).build();
    }

    static TablePlan with(TablePlan plan, CreateMode create, List<String> key, String where) {
        return plan.toBuilder()
                .where(where.isEmpty() ? null : where)
                .create(create)
                .key(key)
                .build();
    }

    StepId step() {
        return step;
    }

    TablePlan plan(int table) {
        return plans.get(table);
    }

    SubtaskId subtask(int table, int split) {
        return SubtaskId.of(step, table, split);
    }

    PrepareStep question(String... before) {
        return new PrepareStep(step, plans, List.of(before));
    }

    Preparation prepare(Sink sink, String... before) {
        return sink.prepare(question(before));
    }

    /** Writes the table whole, as its only subtask. */
    Tally write(Sink sink, int table) throws SQLException {
        return write(sink, table, 0, "");
    }

    /**
     * Writes rows of the source table as one subtask.
     *
     * @param rest of the query that reads them: {@code WHERE id < 5}
     */
    Tally write(Sink sink, int table, int split, String rest) throws SQLException {
        return write(sink, table, split, tuples(table, rest));
    }

    Tally write(Sink sink, int table, int split, Tuples tuples) {
        try (Sink.Transaction transaction = begin(sink, table, split, tuples)) {
            Tally quarantined = transaction.finish();
            transaction.commit();
            return quarantined;
        }
    }

    /** Goes as far as having sent the rows. */
    Sink.Transaction begin(Sink sink, int table, int split, Tuples tuples) {
        return begin(sink, table, split, tuples, Duration.ofMinutes(1));
    }

    Sink.Transaction begin(Sink sink, int table, int split, Tuples tuples, Duration most) {
        Sink.Transaction transaction = sink.begin(plans.get(table), most);
        begun.add(subtask(table, split));
        try {
            transaction.lockRun();
            LedgerRow row = new LedgerRow(subtask(table, split), AttemptId.fresh(), tuples.tally(), Tally.ZERO);
            if (transaction.claim(row).isPresent()) {
                throw new AssertionError(subtask(table, split) + " was claimed before");
            }
            transaction.write(tuples.bytes(), 0, tuples.bytes().length, tuples.rows());
            return transaction;
        } catch (RuntimeException | Error e) {
            transaction.close();
            throw e;
        }
    }

    Tuples tuples(int table, String rest) throws SQLException {
        return Tuples.read(from, plans.get(table), rest);
    }

    Published publish(Sink sink, String... after) {
        return publish(sink, plans.size(), after);
    }

    /** @param subtasks that the plan has, where those that were begun are all */
    Published publish(Sink sink, int subtasks, String... after) {
        SubtaskSet planned = new SubtaskSet(subtasks, SubtaskSet.of(begun).ids());
        return sink.publish(new PublishStep(step, plans, List.of(after), planned));
    }

    /** Everything: prepared, each table one subtask, published. */
    Published run(Sink sink) throws SQLException {
        prepare(sink);
        for (int table = 0; table < plans.size(); table++) {
            write(sink, table);
        }
        return publish(sink);
    }

    void fail(Sink sink) {
        sink.close(new CloseStep(step, to.connection(), false, List.of()));
    }

    void cancel(Sink sink) {
        sink.close(new CloseStep(step, to.connection(), true, List.of()));
    }

    void reopen(Sink sink) {
        sink.reopen(new CloseStep(step, to.connection(), false, List.of()));
    }
}
