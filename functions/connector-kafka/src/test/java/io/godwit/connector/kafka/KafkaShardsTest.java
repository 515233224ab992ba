package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Several tables of one step that go into one topic: each has its own order of columns, and its own NULLs. */
class KafkaShardsTest {
    private static final Column FIRST = TopicTables.column("first", Scalar.TEXT, false);
    private static final Column LAST = TopicTables.column("last", Scalar.TEXT, false);
    private static final Column MAYBE = TopicTables.column("last", Scalar.TEXT, true);

    private final Connection json = KafkaServer.connection(Map.of());
    private final Connection avro = KafkaServer.connection(RegistryServer.options(Map.of()));
    private String topic = "unset";
    private StepId step = StepId.of(RunId.of("shards", Instant.EPOCH), "copy");

    @BeforeAll
    static void start() {
        RegistryServer.await();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = "shards-" + Integer.toHexString(test.getDisplayName().hashCode());
        step = stepAt(Instant.now());
    }

    private StepId stepAt(Instant planTime) {
        return StepId.of(RunId.of(topic, planTime.truncatedTo(ChronoUnit.SECONDS)), "copy");
    }

    private TablePlan plan(Connection sink, int ordinal, Column... columns) {
        TableDescription source = new TableDescription(
                new TableName("shop" + ordinal, null, "people"),
                "table",
                List.of(columns),
                new Key("people_pkey", List.of("first")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
        return TablePlan.builder(step, ordinal)
                .source(sink, source)
                .sink(sink, new TableName(null, null, topic))
                .columns(Arrays.stream(columns)
                        .map(column -> new ColumnPlan(
                                column.name(),
                                new SourceColumn(column.name(), column.type()),
                                column.type(),
                                column.type().notation()))
                        .toList())
                .maxRowBytes(1 << 20)
                .build();
    }

    private static byte[] tuple(@Nullable String... values) {
        return TupleBuilder.tuple(Arrays.stream(values)
                .map(value -> value == null ? null : value.getBytes(UTF_8))
                .toList());
    }

    private void write(Sink sink, TablePlan plan, byte[]... tuples) {
        LoadedStep.write(sink, plan, SubtaskId.of(plan.step(), plan.ordinal(), 0), List.of(tuples));
    }

    private List<String> records() {
        return AvroMessages.records(topic).stream().map(Object::toString).toList();
    }

    /** Two texts that change places are texts still, and nobody would see it. */
    @Test
    void everyTableIsWrittenByTheTopicsOneSchema() {
        TablePlan one = plan(avro, 0, FIRST, MAYBE);
        TablePlan other = plan(avro, 1, LAST, FIRST);
        try (Sink sink = KafkaServer.sink(avro)) {
            sink.prepare(new PrepareStep(step, List.of(one, other), List.of()));
            write(sink, one, tuple("Ada", null), tuple("Ada", "Lovelace"));
            write(sink, other, tuple("Hopper", "Grace"));
        }

        assertThat(records())
                .containsExactlyInAnyOrder(
                        "{\"first\": \"Ada\", \"last\": null}",
                        "{\"first\": \"Ada\", \"last\": \"Lovelace\"}",
                        "{\"first\": \"Grace\", \"last\": \"Hopper\"}");
        assertThat(AvroMessages.records(topic))
                .extracting(record -> record.getSchema().toString())
                .containsOnly("{\"type\":\"record\",\"name\":\"" + topic.replace("-", "_")
                        + "\",\"fields\":[{\"name\":\"first\",\"type\":\"string\"},{\"name\":\"last\",\"type\":"
                        + "[\"null\",\"string\"],\"default\":null}]}");
    }

    /** A replay has the tables that had rows refused, and a subject may bear no other schema than the one it has. */
    @Test
    void stepWithSomeOfTheTablesWritesBySchemaThatIsThere() {
        TablePlan one = plan(avro, 0, FIRST, MAYBE);
        TablePlan other = plan(avro, 1, LAST, FIRST);
        try (Sink sink = KafkaServer.sink(avro)) {
            sink.prepare(new PrepareStep(step, List.of(one, other), List.of()));
            RegistryServer.compatibility(topic + "-value", "FULL");
            write(sink, one, tuple("Ada", null));
            step = stepAt(Instant.now().minusSeconds(60));
            TablePlan again = plan(avro, 0, LAST, FIRST);
            sink.prepare(new PrepareStep(step, List.of(again), List.of()));
            write(sink, again, tuple("Hopper", "Grace"));
        }

        assertThat(records())
                .containsExactlyInAnyOrder(
                        "{\"first\": \"Ada\", \"last\": null}", "{\"first\": \"Grace\", \"last\": \"Hopper\"}");
        assertThat(RegistryServer.versions(topic + "-value")).isEqualTo(1);
    }

    @Test
    void columnThatOneTableLacksIsThereAndNull() {
        TablePlan one = plan(avro, 0, FIRST, LAST);
        TablePlan other = plan(avro, 1, FIRST);
        try (Sink sink = KafkaServer.sink(avro)) {
            sink.prepare(new PrepareStep(step, List.of(one, other), List.of()));
            write(sink, one, tuple("Ada", "Lovelace"));
            write(sink, other, tuple("Grace"));
        }

        assertThat(records())
                .containsExactlyInAnyOrder(
                        "{\"first\": \"Ada\", \"last\": \"Lovelace\"}", "{\"first\": \"Grace\", \"last\": null}");
    }

    @Test
    void everyTableIsCheckedAndNotTheLastAlone() {
        KafkaServer.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
        LogicalType number = LogicalType.parse("int4");
        TablePlan one = plan(json, 0, FIRST, LAST);
        TablePlan otherType = plan(json, 1, FIRST, TopicTables.column("last", number, true));
        TablePlan noKey = plan(json, 0, LAST);

        try (Sink sink = KafkaServer.sink(json)) {
            GodwitException differ = refusal(sink, otherType, one);
            assertThat(differ.code()).isEqualTo(ErrorCode.TYPE_INCOMPATIBLE);
            assertThat(differ).hasMessageContaining("last is int4 and text");
            assertThat(refusal(sink, noKey, plan(json, 1, FIRST, LAST))).hasMessageContaining("would have no key");
        }
    }

    @Test
    void jsonOfAllTablesIsKnownWithTheColumnsOfAll() {
        TablePlan one = plan(json, 0, FIRST, LAST);
        TablePlan other = plan(json, 1, FIRST);
        try (Sink sink = KafkaServer.sink(json)) {
            sink.prepare(new PrepareStep(step, List.of(one, other), List.of()));

            assertThat(sink.describe(List.of(one.target())).get(0).columns())
                    .extracting(Column::name)
                    .containsExactly("first", "last");
        }
    }

    /** A column that no table has would mean no key, and nobody would see it before the messages. */
    @Test
    void planSaysWhichKeyMessagesHave() {
        TablePlan one = plan(json, 0, FIRST, LAST);
        TablePlan other = plan(json, 1, LAST);
        try (Sink sink = KafkaServer.sink(json);
                Sink last = KafkaServer.sink(KafkaServer.connection(Map.of("key", " last ")));
                Sink misspelt = KafkaServer.sink(KafkaServer.connection(Map.of("key", "last, frist")))) {
            assertThat(notes(sink, one)).contains("topic " + topic + ": messages have the key (first)");
            assertThat(notes(last, one, other)).contains("topic " + topic + ": messages have the key (last)");
            assertThat(notes(sink, one, other))
                    .contains(
                            "topic " + topic + ": messages of events: shop0.people have the key (first)",
                            "topic " + topic
                                    + ": messages of events: shop1.people have no key, and go to any partition");
            GodwitException refused = refusal(misspelt, one, other);
            assertThat(refused.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
            assertThat(refused).hasMessageContaining("column frist");
        }
    }

    private List<String> notes(Sink sink, TablePlan... plans) {
        return sink.previewPreparation(new PrepareStep(step, List.of(plans), List.of()))
                .notes();
    }

    private GodwitException refusal(Sink sink, TablePlan... plans) {
        return catchThrowableOfType(
                GodwitException.class, () -> sink.previewPreparation(new PrepareStep(step, List.of(plans), List.of())));
    }
}
