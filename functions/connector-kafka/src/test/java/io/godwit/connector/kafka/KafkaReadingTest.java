package io.godwit.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.HighWaterQuestion;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What is read of topics that others wrote. */
class KafkaReadingTest {
    private static final long SPLIT_BYTES = 64 << 20;

    private final List<Source> sources = new ArrayList<>();
    private String topic = "unset";

    @BeforeEach
    void name(TestInfo test) {
        topic = "read-" + Integer.toHexString(test.getDisplayName().hashCode());
    }

    @AfterEach
    void close() {
        sources.forEach(Source::close);
    }

    private Source source(String... options) {
        Source source = KafkaServer.source(connection(options));
        sources.add(source);
        return source;
    }

    private static Connection connection(String... options) {
        return KafkaServer.connection(
                options.length == 0
                        ? Map.of()
                        : options.length == 2
                                ? Map.of(options[0], options[1])
                                : Map.of(options[0], options[1], options[2], options[3]));
    }

    private TableDescription describe(Source source) {
        return source.describe(List.of(new TableName("kafka", null, topic))).get(0);
    }

    private List<PlannedSplit> split(Source source, @Nullable String where) {
        return source.split(new SplitSource(connection(), describe(source), where, null, SPLIT_BYTES))
                .splits();
    }

    private static void read(Source source, TableDescription table, Split split, RowConsumer rows) {
        source.read(new ReadRequest(table, table.columns(), null, split, null, 1 << 20, null), rows);
    }

    /** Values as text, {@code |} between them; NULL is {@code ~}. */
    private static List<String> rows(Source source, TableDescription table, List<PlannedSplit> splits) {
        List<String> rows = new ArrayList<>();
        TupleFields fields = new TupleFields(table.columns().size());
        for (PlannedSplit split : splits) {
            read(source, table, split.split(), (bytes, offset, length) -> {
                fields.of(bytes, offset, offset + length);
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < table.columns().size(); i++) {
                    var codec = Codecs.of(table.columns().get(i).type());
                    texts.add(
                            fields.isNull(i)
                                    ? "~"
                                    : codec.format(codec.decode(bytes, fields.offset(i), fields.length(i))));
                }
                rows.add(String.join("|", texts));
            });
        }
        return rows;
    }

    private List<String> rows(Source source) {
        return rows(source, describe(source), split(source, null));
    }

    private void send(String... values) {
        KafkaServer.send(Arrays.stream(values)
                .map(value -> KafkaServer.message(topic, null, value))
                .toList());
    }

    private static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }

    /** The brokers are asked once for all of them. */
    @Test
    void everyTopicHasItsOwnBytes() {
        KafkaServer.createTopic(topic, 2, Map.of());
        KafkaServer.createTopic(topic + "-empty", 1, Map.of());
        send("{\"id\": 1}");

        List<TableDescription> described = source("columns", "{}")
                .describe(List.of(
                        new TableName("kafka", null, topic),
                        new TableName("kafka", null, topic + "-empty"),
                        new TableName("kafka", null, topic + "-missing")));

        assertThat(described).extracting(table -> table.name().name()).containsExactly(topic, topic + "-empty");
        assertThat(described.get(0).estimatedBytes()).isPositive();
        assertThat(described.get(1).estimatedBytes()).isZero();
    }

    @Test
    void rawMessagesAreAllThatAMessageHas() {
        KafkaServer.createTopic(topic, 1, Map.of());
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, 0, 1_764_367_200_123L, KafkaServer.bytes("k"), new byte[] {(byte) 0xff, 0});
        message.headers().add("h", KafkaServer.bytes("one")).add("h", null).add("", KafkaServer.bytes(""));
        KafkaServer.send(List.of(
                message, new ProducerRecord<byte[], byte[]>(topic, 0, (Long) 1_764_367_200_124L, null, (byte[]) null)));

        assertThat(rows(source("format", "raw")))
                .containsExactly(
                        "\\x6b|\\xff00|[{\"name\":\"h\",\"value\":\"b25l\"},{\"name\":\"h\",\"value\":null},"
                                + "{\"name\":\"\",\"value\":\"\"}]|0|0|2025-11-28 22:00:00.123+00",
                        "~|~|[]|0|1|2025-11-28 22:00:00.124+00");
    }

    @Test
    void columnsAreGuessedFromASampleOrDeclared() {
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":9007199254740993,\"at\":\"2026-11-28T10:00:00Z\",\"price\":0.10}");

        assertThat(describe(source()).columns())
                .extracting(column -> column.name() + " " + column.nativeType())
                .containsExactly("id int8", "at text", "price numeric");
        assertThat(rows(source())).containsExactly("9007199254740993|2026-11-28T10:00:00Z|0.10");
        String declared = "{\"" + topic
                + "\":{\"price\":\"numeric(10,2)\",\"at\":\"timestamptz\",\"id\":\"text\",\"gone\":\"int4\"}}";
        Source source = source("columns", declared.replace("\"id\":\"text\"", "\"id\":\"numeric\""));
        assertThat(rows(source)).containsExactly("0.10|2026-11-28 10:00:00+00|9007199254740993|~");
    }

    @Test
    void whatStandsAroundTheValueIsToBeHadToo() {
        KafkaServer.createTopic(topic, 1, Map.of());
        KafkaServer.send(List.of(new ProducerRecord<>(
                topic, 0, 1_764_367_200_000L, KafkaServer.bytes("k"), KafkaServer.bytes("{\"offset\":7}"))));

        assertThat(rows(source("metadata", "true"))).containsExactly("7|\\x6b|[]|0|0|2025-11-28 22:00:00+00");
    }

    /** As a topic has them that was filled from another one, whose reading took its metadata along. */
    @Test
    void keysOfTheValueByTheNamesOfMetadataAreTheValuesOwn() {
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":1,\"_offset\":4711,\"_partition\":7}");
        String declared = "{\"" + topic + "\":{\"id\":\"int8\",\"_offset\":\"int8\",\"_partition\":\"int4\"}}";

        assertThat(rows(source())).containsExactly("1|4711|7");
        assertThat(rows(source("columns", declared))).containsExactly("1|4711|7");
        for (Source both : List.of(source("metadata", "true"), source("columns", declared, "metadata", "true"))) {
            GodwitException refused = catchThrowableOfType(GodwitException.class, () -> describe(both));
            assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
            assertThat(refused).hasMessageContaining(topic).hasMessageContaining("_offset, _partition");
        }
    }

    /** What is seen only after the columns were told is no other column's value either. */
    @Test
    void keyOfTheValueThatComesLaterDoesNotPassForMetadata() {
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":1}");
        Source source = source("metadata", "true");
        TableDescription table = describe(source);
        send("{\"id\":2,\"_offset\":4711}");

        assertThat(codeOf(() -> rows(source, table, split(source("metadata", "false"), null))))
                .isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE);
    }

    @Test
    void recordsOfTransactionsThatWereGivenUpAreNoRows() {
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":1}");
        try (KafkaProducer<byte[], byte[]> producer = KafkaServer.begun(topic, Duration.ofMinutes(1))) {
            var unused = producer.send(KafkaServer.message(topic, null, "{\"id\":2}"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            unused = producer.send(KafkaServer.message(topic, null, "{\"id\":3}"));
            producer.commitTransaction();
            producer.beginTransaction();
            unused = producer.send(KafkaServer.message(topic, null, "{\"id\":4}"));
            producer.flush();
            producer.abortTransaction();
        }

        Source source = source();
        assertThat(rows(source)).containsExactly("1", "3");
        assertThat(split(source, null))
                .extracting(PlannedSplit::split)
                .isEqualTo(List.of(new Split.OffsetRange(id(source), 0, 0, 7, null)));
    }

    private String id(Source source) {
        return ((Split.OffsetRange) split(source, null).get(0).split()).topic();
    }

    @Test
    void whatIsNotCommittedWhenTheRunIsPlannedIsNotOfTheRun() {
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":1}");
        Source source = source();
        TableDescription table = describe(source);
        try (KafkaProducer<byte[], byte[]> producer = KafkaServer.begun(topic, Duration.ofMinutes(1))) {
            var unused = producer.send(KafkaServer.message(topic, null, "{\"id\":2}"));
            producer.flush();
            send("{\"id\":3}");
            List<PlannedSplit> planned = split(source, null);
            producer.commitTransaction();

            assertThat(rows(source, table, planned)).containsExactly("1");
        }
        assertThat(rows(source)).containsExactly("1", "2", "3");
    }

    @Test
    void recordsDeletedBeforeTheyAreReadAreAnError() {
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
        Source source = source();
        TableDescription table = describe(source);
        List<PlannedSplit> planned = split(source, null);

        KafkaServer.deleteRecords(topic, 0, 2);

        assertThat(codeOf(() -> rows(source, table, planned))).isEqualTo(ErrorCode.SOURCE_CHANGED);
        assertThat(rows(source)).containsExactly("3");
    }

    @Test
    void topicMadeAnewIsAnotherTopic() {
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":1}");
        Source source = source();
        TableDescription table = describe(source);
        List<PlannedSplit> planned = split(source, null);
        String mark = source.highWater(new HighWaterQuestion(connection(), table.name(), "_offset", null));

        KafkaServer.deleteTopic(topic);
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":2}");

        assertThat(codeOf(() -> rows(source, table, planned))).isEqualTo(ErrorCode.SOURCE_CHANGED);
        assertThat(codeOf(() -> split(source, "\"_offset\" <= '" + mark + "'"))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    @Test
    void messageThatIsNoRowIsHandedOverWithItsPlaceAndTheRestIsRead() {
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":1}", "{\"id\":2}");
        Source source = source();
        TableDescription table = describe(source);
        send("{\"id\":\"secret\"}", "{\"id\":4}");
        List<MalformedRow> malformed = new ArrayList<>();
        List<Integer> read = new ArrayList<>();

        split(source, null)
                .forEach(split -> read(source, table, split.split(), new RowConsumer() {
                    @Override
                    public void row(byte[] bytes, int offset, int length) {
                        read.add(length);
                    }

                    @Override
                    public void malformed(MalformedRow row) {
                        malformed.add(row);
                    }
                }));

        assertThat(read).hasSize(3);
        assertThat(malformed).singleElement().satisfies(row -> {
            assertThat(row.place()).contains(topic).contains("partition 0").contains("offset 2");
            assertThat(row.reason()).contains("id").doesNotContain("secret");
            assertThat(row.raw()).asString().isEqualTo("{\"id\":\"secret\"}");
        });
        GodwitException refused =
                catchThrowableOfType(GodwitException.class, () -> rows(source, table, split(source, null)));
        assertThat(refused.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE);
        assertThat(refused).hasMessageContaining("offset 2").hasMessageNotContaining("secret");
    }

    @Test
    void messagesWithoutValueAreRefusedOrSkippedAsTheConnectionSays() {
        KafkaServer.createTopic(topic, 1, Map.of());
        KafkaServer.send(List.of(
                KafkaServer.message(topic, "a", "{\"id\":1}"),
                KafkaServer.message(topic, "a", null),
                KafkaServer.message(topic, "b", "{\"id\":2}")));

        assertThat(codeOf(() -> rows(source()))).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE);
        assertThat(rows(source("tombstones", "skip"))).containsExactly("1", "2");
    }

    @Test
    void incrementalRunsReadWhatCameSinceInEveryPartition() {
        KafkaServer.createTopic(topic, 2, Map.of());
        sendTo(0, 1, 2);
        sendTo(1, 3);
        Source source = source("metadata", "true");
        TableName name = new TableName("kafka", null, topic);
        HighWaterQuestion question = new HighWaterQuestion(connection(), name, "_offset", null);
        String first = source.highWater(question);
        sendTo(0, 4);
        sendTo(1, 5, 6);
        String second = source.highWater(question);
        sendTo(1, 7);

        assertThat(ids(source, "\"_offset\" <= '" + first + "'")).containsExactlyInAnyOrder("1", "2", "3");
        String since = "\"_offset\" > '" + first + "' AND \"_offset\" <= '" + second + "'";
        assertThat(ids(source, since)).containsExactlyInAnyOrder("4", "5", "6");
        assertThat(ids(source, "1 = 0")).isEmpty();

        KafkaServer.deleteRecords(topic, 1, 2);
        assertThat(codeOf(() -> split(source, since))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    @Test
    void partitionThatCameAfterTheMarkIsReadFromItsFirstMessageOrNotAtAll() {
        KafkaServer.createTopic(topic, 1, Map.of());
        sendTo(0, 1);
        HighWaterQuestion question =
                new HighWaterQuestion(connection(), new TableName("kafka", null, topic), "_offset", null);
        Source source = source("metadata", "true");
        String first = source.highWater(question);
        KafkaServer.addPartitions(topic, 2);
        sendTo(1, 2, 3, 4);
        String since = "\"_offset\" > '" + first + "' AND \"_offset\" <= '" + source.highWater(question) + "'";

        assertThat(ids(source, since)).containsExactly("2", "3", "4");

        KafkaServer.deleteRecords(topic, 1, 1);
        assertThat(codeOf(() -> split(source, since))).isEqualTo(ErrorCode.SOURCE_CHANGED);
        KafkaServer.deleteRecords(topic, 1, 3);
        assertThat(codeOf(() -> split(source, since))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    @Test
    void markAboveTheEndOfAPartitionIsOfRecordsThatTheClusterLost() {
        KafkaServer.createTopic(topic, 1, Map.of());
        sendTo(0, 1, 2);
        Source source = source("metadata", "true");
        String now = String.valueOf(source.highWater(
                new HighWaterQuestion(connection(), new TableName("kafka", null, topic), "_offset", null)));
        String above = now.replace(" 0:2", " 0:3");

        assertThat(above).isNotEqualTo(now);
        assertThat(ids(source, "\"_offset\" > '" + now + "' AND \"_offset\" <= '" + now + "'"))
                .isEmpty();
        String since = "\"_offset\" > '" + above + "' AND \"_offset\" <= '" + now + "'";
        assertThat(codeOf(() -> split(source, since))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    private void sendTo(int partition, int... ids) {
        KafkaServer.send(Arrays.stream(ids)
                .mapToObj(id -> new ProducerRecord<byte[], byte[]>(
                        topic, partition, null, KafkaServer.bytes("{\"id\":" + id + "}")))
                .toList());
    }

    private List<String> ids(Source source, String where) {
        return rows(source, describe(source), split(source, where)).stream()
                .map(row -> row.substring(0, row.indexOf('|')))
                .toList();
    }

    @Test
    void conditionsInSqlAndMarksOfColumnsAreNotToBeHad() {
        KafkaServer.createTopic(topic, 1, Map.of());
        send("{\"id\":1}");
        Source source = source();

        assertThat(codeOf(() -> split(source, "id > 1"))).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(codeOf(() -> source.highWater(
                        new HighWaterQuestion(connection(), new TableName("kafka", null, topic), "id", null))))
                .isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void rangesCoverEveryMessageOnceHoweverOftenTheyAreHalved() {
        KafkaServer.createTopic(topic, 3, Map.of());
        List<ProducerRecord<byte[], byte[]>> messages = IntStream.range(0, 3000)
                .mapToObj(i -> new ProducerRecord<byte[], byte[]>(
                        topic, i % 3, null, KafkaServer.bytes("{\"id\":" + i + ",\"pad\":\"" + "p".repeat(90) + "\"}")))
                .toList();
        KafkaServer.send(messages);
        Source source = source();
        TableDescription table = describe(source);
        List<PlannedSplit> parts = source.split(new SplitSource(connection(), table, null, null, 64 << 10))
                .splits();
        assertThat(parts).hasSizeGreaterThan(4);

        List<PlannedSplit> halves = parts.stream()
                .flatMap(part ->
                        source.splitAgain(new SplitAgain(connection(), table, null, null, part)).splits().stream())
                .toList();

        assertThat(halves).hasSize(2 * parts.size());
        assertThat(rows(source, table, parts)).hasSize(3000).doesNotHaveDuplicates();
        assertThat(rows(source, table, halves)).hasSize(3000).doesNotHaveDuplicates();
        PlannedSplit one = new PlannedSplit(new Split.OffsetRange(id(source), 0, 4, 5, null), 1, 100);
        assertThat(source.splitAgain(new SplitAgain(connection(), table, null, null, one))
                        .splits())
                .containsExactly(one);
    }

    @Test
    void emptyTopicIsOneRangeWithoutMessagesEvenOfThoseThatComeLater() {
        KafkaServer.createTopic(topic, 2, Map.of());
        Source source = source("format", "raw");
        TableDescription table = describe(source);
        List<PlannedSplit> planned = split(source, null);
        send("x", "y", "z");

        assertThat(planned).hasSize(1);
        assertThat(rows(source, table, planned)).isEmpty();
    }

    @Test
    void clusterIsTheOneThatTheConnectionNames() {
        KafkaServer.createTopic(topic, 1, Map.of());
        String product = source().test().product();
        String cluster = product.replaceFirst(".*cluster ([^ ]+) .*", "$1");

        try (Source source = KafkaServer.source(connection().withDatabase(cluster))) {
            assertThat(source.tables()).extracting(TableName::name).contains(topic);
        }
    }

    @Test
    void topicsOfGodwitAreNobodysTables() {
        assertThat(source().describe(List.of(new TableName("kafka", null, LedgerTopic.NAME))))
                .isEmpty();
        assertThat(source().tables()).extracting(TableName::name).noneMatch(Topics::isOwn);
        assertThat(describedColumns(source("format", "raw"))).isEmpty();
    }

    private List<Column> describedColumns(Source source) {
        return source.describe(List.of(new TableName("kafka", null, topic))).stream()
                .flatMap(table -> table.columns().stream())
                .toList();
    }
}
