package io.godwit.connector.mysql;

import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.row.RowHash;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One step from one database into another, planned as a planner plans it, a subtask per table. */
final class Copy {
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final int MAX_ROW_BYTES = 1 << 20;

    private final List<TablePlan> plans = new ArrayList<>();
    private final Connection from;

    Copy(Connection from, Connection to, WriteMode mode, @Nullable Quarantine quarantine, String... tables) {
        this.from = from;
        StepId step =
                StepId.of(RunId.of("load", Instant.ofEpochSecond(1_700_000_000L + RUNS.incrementAndGet())), "copy");
        try (Source source = new MySqlSource(from, MySqlServer.secrets())) {
            for (String table : tables) {
                TableDescription described = source.describe(List.of(new TableName(from.database(), null, table)))
                        .get(0);
                plans.add(TablePlan.builder(step, plans.size())
                        .source(from, described)
                        .sink(to, new TableName(null, null, table))
                        .mode(mode)
                        .key(
                                mode.needsKey() && described.primaryKey() != null
                                        ? described.primaryKey().columns()
                                        : List.of())
                        .columns(described.columns().stream()
                                .filter(column -> !column.generated())
                                .map(column -> new ColumnPlan(
                                        column.name(),
                                        new SourceColumn(column.name(), column.type()),
                                        column.type(),
                                        nativeType(to.database(), table, column)))
                                .toList())
                        .quarantine(quarantine)
                        .maxRowBytes(MAX_ROW_BYTES)
                        .build());
            }
        }
    }

    /** That of the target's column, where it is there. */
    private static String nativeType(String database, String table, Column column) {
        return MySqlServer.one(
                "information_schema",
                "SELECT coalesce(max(data_type), '%s') FROM columns WHERE table_schema = '%s' AND table_name = '%s' AND column_name = '%s'"
                        .formatted(column.nativeType().replace("'", "''"), database, table, column.name()));
    }

    void run(Sink sink) {
        prepare(sink);
        for (int table = 0; table < plans.size(); table++) {
            write(sink, table);
        }
        publish(sink);
    }

    /** What {@link #prepare} would do. */
    Preparation preview(Sink sink) {
        return sink.previewPreparation(new PrepareStep(plans.get(0).step(), plans, List.of()));
    }

    void prepare(Sink sink) {
        sink.prepare(new PrepareStep(plans.get(0).step(), plans, List.of()));
    }

    /** Says what went into the quarantine. */
    Tally write(Sink sink, int table) {
        TablePlan plan = plans.get(table);
        List<byte[]> rows = new ArrayList<>();
        try (Source source = new MySqlSource(from, MySqlServer.secrets())) {
            source.read(
                    new ReadRequest(
                            plan.definition(),
                            plan.definition().columns().stream()
                                    .filter(column -> !column.generated())
                                    .toList(),
                            null,
                            new Split.Whole(null),
                            null,
                            MAX_ROW_BYTES,
                            null),
                    (bytes, offset, length) -> rows.add(Arrays.copyOfRange(bytes, offset, offset + length)));
        }
        Tally tally = Tally.ZERO;
        for (byte[] row : rows) {
            tally = tally.plus(new Tally(1, row.length, new Digest(RowHash.of(row, 0, row.length))));
        }
        try (Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1))) {
            transaction.lockRun();
            transaction.claim(new LedgerRow(SubtaskId.of(plan.step(), table, 0), AttemptId.fresh(), tally, Tally.ZERO));
            rows.forEach(row -> transaction.write(row, 0, row.length, 1));
            Tally quarantined = transaction.finish();
            transaction.commit();
            return quarantined;
        }
    }

    void fail(Sink sink) {
        sink.close(new CloseStep(plans.get(0).step(), plans.get(0).sink(), false, List.of()));
    }

    SinkTarget target(int table) {
        return SinkTarget.schemaless(plans.get(table));
    }

    void publish(Sink sink) {
        SubtaskSet subtasks = SubtaskSet.EMPTY;
        for (TablePlan plan : plans) {
            subtasks = subtasks.plus(SubtaskId.of(plan.step(), plan.ordinal(), 0));
        }
        sink.publish(new PublishStep(plans.get(0).step(), plans, List.of(), subtasks));
    }
}
