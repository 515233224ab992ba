package io.godwit.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.plan.StoredValues;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What others see of the messages of Avro that are written, and what is refused before and while they are. */
class KafkaAvroWritingTest {
    private final Connection connection = KafkaServer.connection(RegistryServer.options(Map.of()));
    private final Sink sink = KafkaServer.sink(connection);
    private String topic = "unset";

    @BeforeAll
    static void start() {
        RegistryServer.await();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = "written-avro-" + Integer.toHexString(test.getDisplayName().hashCode());
    }

    @AfterEach
    void close() {
        sink.close();
    }

    private LoadedStep step() {
        return LoadedStep.of(connection, topic, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void whatIsWrittenIsReadByAvroItself() {
        LoadedStep step = step();
        step.prepare(sink);

        step.write(sink, 0, List.of(LoadedStep.tuple(1, "a\u00e4"), LoadedStep.tuple(2, null)));

        assertThat(AvroMessages.records(topic))
                .extracting(record -> record.toString())
                .containsExactlyInAnyOrder("{\"id\": 1, \"name\": \"a\u00e4\"}", "{\"id\": 2, \"name\": null}");
        assertThat(AvroMessages.records(topic).get(0).getSchema().toString())
                .isEqualTo("{\"type\":\"record\",\"name\":\"" + topic.replace("-", "_")
                        + "\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"name\",\"type\":[\"null\","
                        + "\"string\"],\"default\":null}]}");
    }

    @Test
    void subjectThatDoesNotTakeTheSchemaIsRefusedBeforeAnythingIsMade() {
        RegistryServer.register(topic + "-value", AvroMessages.schema("{'name': 'id', 'type': 'string'}"));
        RegistryServer.compatibility(topic + "-value", "BACKWARD");
        LoadedStep step = step();
        PrepareStep question = new PrepareStep(step.id(), List.of(step.plan()), List.of());

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> sink.previewPreparation(question));
        assertThat(refused.code()).isEqualTo(ErrorCode.TYPE_INCOMPATIBLE);
        assertThat(refused)
                .hasMessageContaining("field id is of another type, field name is new")
                .hasMessageContaining("LONG not compatible with writer type: STRING");
        assertThat(codeOf(() -> sink.prepare(question))).isEqualTo(ErrorCode.TYPE_INCOMPATIBLE);
        Set<String> topics =
                KafkaServer.with(admin -> admin.listTopics().names().get());
        assertThat(topics).doesNotContain(topic);
    }

    @Test
    void nameThatNoFieldMayHaveIsRefusedByThePlan() {
        LoadedStep step = step();
        PrepareStep question = new PrepareStep(step.id(), List.of(step.plan("order id")), List.of());

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> sink.previewPreparation(question));

        assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(refused).hasMessageContaining("order id");
    }

    @Test
    void valueWithoutAPlaceInItsTypeIsRefusedAndKept() {
        LogicalType date = LogicalType.parse("date");
        LoadedStep step = step().bearing(new Quarantine(1L, null));
        TablePlan plan = step.plan("id", date);
        sink.prepare(new PrepareStep(step.id(), List.of(plan), List.of()));
        byte[] infinity = TupleBuilder.tuple(List.of(
                ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array(),
                "a".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        byte[] day = TupleBuilder.tuple(List.of(
                ByteBuffer.allocate(4).putInt(0).array(), "b".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try (Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1))) {
            transaction.lockRun();
            transaction.claim(new LedgerRow(
                    step.subtask(0), AttemptId.fresh(), new Tally(2, 0, Tally.ZERO.digest()), Tally.ZERO));
            transaction.write(infinity, 0, infinity.length, 1);
            transaction.write(day, 0, day.length, 1);
            assertThat(transaction.finish().rows()).isEqualTo(1);
            transaction.commit();
        }

        assertThat(AvroMessages.records(topic))
                .singleElement()
                .satisfies(record -> assertThat(record.get("id")).isEqualTo(10_957));
        assertThat(sink.quarantine(new QuarantineQuestion(step.id(), connection, null, 10))
                        .rows())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.reason()).contains("column id", "infinity");
                    assertThat(row.row()).isEqualTo(infinity);
                })
                .extracting(RefusedRow::key)
                .isEqualTo("(id)=(infinity)");
    }

    /** They lie in the quarantine by the target's names; what they were in the source counts all the same. */
    @Test
    void replayedRowsHaveTheKeysAndTheSchemaThatTheyHadHad() {
        KafkaServer.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
        LoadedStep step = step();
        TablePlan plan = step.plan("number");
        sink.prepare(new PrepareStep(step.id(), List.of(plan), List.of()));
        RegistryServer.compatibility(topic + "-value", "FULL");
        StepId later = StepId.of(RunId.of(topic, Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS)), "copy");
        TablePlan replay = new StoredValues(plan)
                .replaying(
                        TablePlan.builder(later, 0)
                                .source(plan.source(), plan.definition())
                                .sink(connection, plan.target())
                                .columns(plan.columns())
                                .maxRowBytes(1 << 20)
                                .build(),
                        0,
                        connection,
                        1);

        sink.prepare(new PrepareStep(later, List.of(replay), List.of()));
        LoadedStep.write(sink, replay, SubtaskId.of(later, 0, 0), List.of(LoadedStep.tuple(1, "a")));

        assertThat(new TopicPlans(topic, List.of(replay)).columns())
                .isEqualTo(new TopicPlans(topic, List.of(plan)).columns());
        assertThat(KafkaServer.messages(topic))
                .singleElement()
                .satisfies(message -> assertThat(message.key())
                        .asString(java.nio.charset.StandardCharsets.UTF_8)
                        .isEqualTo("{\"number\":1}"));
        assertThat(AvroMessages.records(topic)).singleElement().hasToString("{\"number\": 1, \"name\": \"a\"}");
        assertThat(RegistryServer.versions(topic + "-value")).isEqualTo(1);
    }

    @Test
    void planSaysWhichTypesAndValuesAvroHas() {
        TargetType amount = new KafkaConnector().targetType(connection, LogicalType.parse("numeric(18,2)"), false);

        assertThat(amount.nativeType()).isEqualTo("bytes decimal(18,2)");
        assertThat(amount.refuses()).isEqualTo("NaN and infinities");
    }

    @Test
    void topicOfAnotherFormatIsNotWrittenOn() {
        LoadedStep json = LoadedStep.of(
                KafkaServer.connection(Map.of()),
                topic,
                Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS));
        try (Sink other = KafkaServer.sink(json.connection())) {
            json.prepare(other);
        }

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> step().prepare(sink));

        assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(refused.remedy()).contains("format: json");
    }

    private static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }
}
