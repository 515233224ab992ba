package io.godwit.connector.kafka;

import io.godwit.connector.Sink;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.row.RowHash;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step that loads {@code (id int8 primary key, name text)} into a topic, and a writer of it. */
record LoadedStep(
        StepId id,
        Connection connection,
        String topic,
        @Nullable Quarantine quarantine) {

    LoadedStep(StepId id, Connection connection, String topic) {
        this(id, connection, topic, null);
    }

    static LoadedStep of(Connection connection, String topic, Instant planTime) {
        return new LoadedStep(StepId.of(RunId.of(topic, planTime), "copy"), connection, topic);
    }

    /** The same, where rows may be refused. */
    LoadedStep bearing(Quarantine limits) {
        return new LoadedStep(id, connection, topic, limits);
    }

    TablePlan plan() {
        return plan("id");
    }

    /** With another name for the target's {@code id}. */
    TablePlan plan(String target) {
        return plan(target, Scalar.INT8);
    }

    /** And with another type. */
    TablePlan plan(String target, LogicalType type) {
        TableDescription source = new TableDescription(
                new TableName("shop", null, "source"),
                "table",
                List.of(TopicTables.column("id", type, false), TopicTables.column("name", Scalar.TEXT, true)),
                new Key("source_pkey", List.of("id")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
        return TablePlan.builder(id, 0)
                .source(connection, source)
                .sink(connection, new TableName(null, null, topic))
                .columns(List.of(
                        new ColumnPlan(target, new SourceColumn("id", type), type, type.notation()),
                        new ColumnPlan("name", new SourceColumn("name", Scalar.TEXT), Scalar.TEXT, "text")))
                .quarantine(quarantine)
                .maxRowBytes(1 << 20)
                .build();
    }

    SubtaskId subtask(int split) {
        return SubtaskId.of(id, 0, split);
    }

    void prepare(Sink sink) {
        sink.prepare(new PrepareStep(id, List.of(plan()), List.of()));
    }

    void publish(Sink sink, int... splits) {
        sink.publish(new PublishStep(id, List.of(plan()), List.of(), SubtaskSet.of(subtasks(splits))));
    }

    Ledger cancel(Sink sink, int... unwritten) {
        return sink.close(new CloseStep(id, connection, true, subtasks(unwritten)));
    }

    private List<SubtaskId> subtasks(int... splits) {
        return Arrays.stream(splits).mapToObj(this::subtask).toList();
    }

    /** Writes rows {@code (id, "row <id>")}; what the ledger said before, where it said anything. */
    Optional<LedgerRow> write(Sink sink, int split, long... ids) {
        return write(sink, split, Arrays.stream(ids).mapToObj(LoadedStep::tuple).toList());
    }

    Optional<LedgerRow> write(Sink sink, int split, List<byte[]> tuples) {
        return write(sink, plan(), subtask(split), tuples);
    }

    /** Writes rows of any plan. */
    static Optional<LedgerRow> write(Sink sink, TablePlan plan, SubtaskId subtask, List<byte[]> tuples) {
        try (Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1))) {
            RunRow run = transaction.lockRun();
            if (run != RunRow.OPEN) {
                throw new IllegalStateException("the run row is " + run);
            }
            Tally tally = Tally.ZERO;
            for (byte[] tuple : tuples) {
                tally = tally.plus(new Tally(1, tuple.length, new Digest(RowHash.of(tuple, 0, tuple.length))));
            }
            Optional<LedgerRow> held = transaction.claim(new LedgerRow(subtask, AttemptId.fresh(), tally, Tally.ZERO));
            if (held.isPresent()) {
                return held;
            }
            for (byte[] tuple : tuples) {
                transaction.write(tuple, 0, tuple.length, 1);
            }
            transaction.finish();
            transaction.commit();
            return Optional.empty();
        }
    }

    private static byte[] tuple(long one) {
        return tuple(one, "row " + one);
    }

    static byte[] tuple(long one, @Nullable String name) {
        return TupleBuilder.tuple(Arrays.asList(
                ByteBuffer.allocate(8).putLong(one).array(),
                name == null ? null : name.getBytes(StandardCharsets.UTF_8)));
    }

    /** The values of the topic's committed messages, sorted. */
    List<String> values() {
        return KafkaServer.messages(topic).stream()
                .map(message -> new String(message.value(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }
}
