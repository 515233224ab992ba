package io.godwit.connector.kit;

import io.godwit.connector.Sink;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A step that loads the kit's table {@code (id int8 primary key, name text)}, and a planner and a writer of it. */
final class SinkStep {
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final TableName SOURCE = new TableName("kit", "kit", "source");

    private final TablePlan plan;

    private SinkStep(TablePlan plan) {
        this.plan = plan;
    }

    /** A step of a run of its own. */
    static SinkStep into(Connection sink, TableName target, WriteMode mode) {
        RunId run = RunId.of("kit", Instant.ofEpochSecond(1_700_000_000L + RUNS.incrementAndGet()));
        return new SinkStep(TablePlan.builder(StepId.of(run, "copy"), 0)
                .source(sink, table())
                .sink(sink, target)
                .mode(mode)
                .key(mode.needsKey() ? List.of("id") : List.of())
                .columns(List.of(column("id", Scalar.INT8), column("name", Scalar.TEXT)))
                .maxRowBytes(1 << 20)
                .build());
    }

    SinkStep with(Quarantine quarantine) {
        return new SinkStep(plan.toBuilder().quarantine(quarantine).build());
    }

    /** A step that copies the column {@code id} alone. */
    SinkStep ofIdsOnly() {
        return new SinkStep(
                plan.toBuilder().columns(plan.columns().subList(0, 1)).build());
    }

    SinkStep where(String where) {
        return new SinkStep(plan.toBuilder().where(where).build());
    }

    private static TableDescription table() {
        return new TableDescription(
                SOURCE,
                "table",
                List.of(described("id", Scalar.INT8, false), described("name", Scalar.TEXT, true)),
                new Key("source_pkey", List.of("id")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
    }

    private static Column described(String name, LogicalType type, boolean nullable) {
        return new Column(name, type, type.notation(), nullable, null, false, null, null, null);
    }

    private static ColumnPlan column(String name, LogicalType type) {
        return new ColumnPlan(name, new SourceColumn(name, type), type, type.notation());
    }

    TablePlan plan() {
        return plan;
    }

    StepId id() {
        return plan.step();
    }

    SubtaskId subtask(int split) {
        return SubtaskId.of(plan.step(), plan.ordinal(), split);
    }

    PrepareStep question(String... before) {
        return new PrepareStep(plan.step(), List.of(plan), List.of(before));
    }

    Preparation prepare(Sink sink) {
        return sink.prepare(question());
    }

    /** As if the plan had so many subtasks. */
    Published publish(Sink sink, int subtasks) {
        return publishSplits(sink, IntStream.range(0, subtasks).toArray());
    }

    Published publishSplits(Sink sink, int... planned) {
        return sink.publish(new PublishStep(plan.step(), List.of(plan), List.of(), SubtaskSet.of(subtasks(planned))));
    }

    Ledger fail(Sink sink, int... unwritten) {
        return sink.close(closing(false, unwritten));
    }

    Ledger cancel(Sink sink, int... unwritten) {
        return sink.close(closing(true, unwritten));
    }

    Ledger reopen(Sink sink, int... unwritten) {
        return sink.reopen(closing(false, unwritten));
    }

    Ledger voidUnwritten(Sink sink, int... unwritten) {
        return sink.voidUnwritten(new VoidSubtasks(plan.step(), plan.sink(), subtasks(unwritten)));
    }

    private CloseStep closing(boolean cancelled, int... unwritten) {
        return new CloseStep(plan.step(), plan.sink(), cancelled, subtasks(unwritten));
    }

    private List<SubtaskId> subtasks(int... splits) {
        return Arrays.stream(splits).mapToObj(this::subtask).toList();
    }

    /** What a writer sees. */
    record Outcome(RunRow run, Optional<LedgerRow> held, Tally quarantined) {
        boolean wroteNow() {
            return run == RunRow.OPEN && held.isEmpty();
        }
    }

    /** Writes a subtask as a writer does: all of the protocol. */
    Outcome write(Sink sink, int split, Rows rows) {
        return write(sink, split, rows, AttemptId.fresh());
    }

    Outcome write(Sink sink, int split, Rows rows, AttemptId attempt) {
        try (Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1))) {
            RunRow run = transaction.lockRun();
            if (run != RunRow.OPEN) {
                return new Outcome(run, transaction.find(subtask(split)), Tally.ZERO);
            }
            Optional<LedgerRow> held =
                    transaction.claim(new LedgerRow(subtask(split), attempt, rows.tally(), Tally.ZERO));
            if (held.isPresent()) {
                return new Outcome(run, held, Tally.ZERO);
            }
            send(transaction, rows);
            Tally quarantined = transaction.finish();
            transaction.commit();
            return new Outcome(run, Optional.empty(), quarantined);
        }
    }

    /** Goes as far as having sent the rows, and leaves the transaction open. */
    Sink.Transaction beginAndSend(Sink sink, int split, Rows rows) {
        return beginAndSend(sink, split, rows, AttemptId.fresh());
    }

    Sink.Transaction beginAndSend(Sink sink, int split, Rows rows, AttemptId attempt) {
        Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1));
        transaction.lockRun();
        transaction.claim(new LedgerRow(subtask(split), attempt, rows.tally(), Tally.ZERO));
        send(transaction, rows);
        return transaction;
    }

    private static void send(Sink.Transaction transaction, Rows rows) {
        if (rows.count() > 0) {
            transaction.write(rows.bytes(), 0, rows.bytes().length, rows.count());
        }
    }

    /** {@code id=name} of every row of the target, sorted by id. */
    List<String> content(Sink sink) {
        List<String> content = new ArrayList<>();
        sink.scan(plan, null, (bytes, offset, length) -> content.add(Rows.text(bytes, offset, length)));
        content.sort(java.util.Comparator.comparingLong(text -> Long.parseLong(text.substring(0, text.indexOf('=')))));
        return content;
    }

    /** What the ledger says of a subtask; null: nothing, or a void. */
    @Nullable
    Tally written(Sink sink, int split) {
        return sink.ledger(plan.step()).written().stream()
                .filter(entry -> entry.subtask().equals(subtask(split)))
                .map(entry -> entry.written())
                .findFirst()
                .orElse(null);
    }
}
