package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codecs;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Topics of Avro that others fill, by schemas of a registry. */
class KafkaAvroReadingTest {
    private final Source source = KafkaServer.source(KafkaServer.connection(RegistryServer.options(Map.of())));
    private final List<MalformedRow> malformed = new ArrayList<>();
    private String topic = "unset";

    @BeforeAll
    static void start() {
        RegistryServer.await();
    }

    @BeforeEach
    void create(TestInfo test) {
        topic = "avro-" + Integer.toHexString(test.getDisplayName().hashCode());
        KafkaServer.createTopic(topic, 1, Map.of());
    }

    @AfterEach
    void close() {
        source.close();
    }

    private int register(Schema schema) {
        return RegistryServer.register(topic + "-value", schema);
    }

    private TableDescription described() {
        return source.describe(List.of(new TableName("kafka", null, topic))).get(0);
    }

    /** The columns named, of all rows, as text: {@code id=1 name=NULL}. */
    private List<String> rows(TableDescription table, String... names) {
        return rows(table, new Split.Whole(null), names);
    }

    private List<String> rows(TableDescription table, Split split, String... names) {
        List<Column> columns = Arrays.stream(names)
                .map(name -> table.column(name).orElseThrow())
                .toList();
        List<String> rows = new ArrayList<>();
        TupleFields fields = new TupleFields(columns.size());
        source.read(new ReadRequest(table, columns, null, split, null, 1 << 20, null), new RowConsumer() {
            @Override
            public void row(byte[] bytes, int offset, int length) {
                fields.of(bytes, offset, offset + length);
                List<String> row = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.add(columns.get(i).name() + "=" + text(columns.get(i), fields, i));
                }
                rows.add(String.join(" ", row));
            }

            @Override
            public void malformed(MalformedRow row) {
                malformed.add(row);
            }
        });
        return rows;
    }

    private static String text(Column column, TupleFields fields, int i) {
        var codec = Codecs.of(column.type());
        return fields.isNull(i) ? "NULL" : codec.format(codec.decode(fields.copy(i)));
    }

    private List<String> rows() {
        TableDescription table = described();
        return rows(table, table.columns().stream().map(Column::name).toArray(String[]::new));
    }

    /** What a value is in Avro, and the column and the text that it is here. */
    private record Sample(String schema, Object value, String type, String text) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("'boolean'", true, "bool", "t"),
            new Sample("'int'", Integer.MIN_VALUE, "int4", "-2147483648"),
            new Sample("'long'", Long.MAX_VALUE, "int8", "9223372036854775807"),
            new Sample("'float'", 0.1f, "float4", "0.1"),
            new Sample("'double'", Double.NaN, "float8", "NaN"),
            new Sample("'string'", "\u00e4\0\ud83d\ude00", "text", "\u00e4\0\ud83d\ude00"),
            new Sample("'bytes'", ByteBuffer.wrap(new byte[] {0, -1}), "bytea", "\\x00ff"),
            new Sample("{'type': 'int', 'logicalType': 'date'}", -719163, "date", "0001-12-31 BC"),
            new Sample("{'type': 'int', 'logicalType': 'time-millis'}", 1, "time(3)", "00:00:00.001"),
            new Sample("{'type': 'long', 'logicalType': 'time-micros'}", 86_399_999_999L, "time", "23:59:59.999999"),
            new Sample(
                    "{'type': 'long', 'logicalType': 'timestamp-millis'}",
                    -1L,
                    "timestamptz(3)",
                    "1969-12-31 23:59:59.999+00"),
            new Sample(
                    "{'type': 'long', 'logicalType': 'timestamp-micros'}",
                    1L,
                    "timestamptz",
                    "1970-01-01 00:00:00.000001+00"),
            new Sample(
                    "{'type': 'long', 'logicalType': 'timestamp-nanos'}",
                    2000L,
                    "timestamptz",
                    "1970-01-01 00:00:00.000002+00"),
            new Sample(
                    "{'type': 'long', 'logicalType': 'local-timestamp-millis'}",
                    1L,
                    "timestamp(3)",
                    "1970-01-01 00:00:00.001"),
            new Sample(
                    "{'type': 'long', 'logicalType': 'local-timestamp-micros'}",
                    -62_198_755_200_000_000L,
                    "timestamp",
                    "0002-01-01 00:00:00 BC"),
            new Sample(
                    "{'type': 'string', 'logicalType': 'uuid'}",
                    "0b0d8a4c-1c4e-4f37-9c0f-0123456789ab",
                    "uuid",
                    "0b0d8a4c-1c4e-4f37-9c0f-0123456789ab"),
            new Sample(
                    "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 20, 'scale': 2}",
                    ByteBuffer.wrap(new BigInteger("-10000000000000000001").toByteArray()),
                    "numeric(20,2)",
                    "-100000000000000000.01"),
            new Sample("['null', 'int']", 7, "int4", "7"),
            new Sample("['int']", 7, "int4", "7"),
            new Sample("['null', 'string', 'long']", 5L, "json", "5"),
            new Sample(
                    "{'type': 'array', 'items': ['null', 'double']}", Arrays.asList(0.5, null), "json", "[0.5,null]"),
            new Sample(
                    "{'type': 'map', 'values': 'bytes'}",
                    Map.of("k\"", ByteBuffer.wrap(new byte[] {107})),
                    "json",
                    "{\"k\\\"\":\"\\\\x6b\"}"));

    @Test
    void everyTypeOfAvroIsReadAsItsOwn() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < SAMPLES.size(); i++) {
            fields.append("{'name': 'c")
                    .append(i)
                    .append("', 'type': ")
                    .append(SAMPLES.get(i).schema())
                    .append("}, ");
        }
        fields.append("{'name': 'mood', 'type': {'type': 'enum', 'name': 'Mood', 'symbols': ['SAD', 'OK']}}, ");
        fields.append("{'name': 'four', 'type': {'type': 'fixed', 'name': 'Four', 'size': 4, 'logicalType': 'decimal',"
                + " 'precision': 9, 'scale': 0}}, ");
        fields.append("{'name': 'long', 'type': {'type': 'fixed', 'name': 'Duration', 'size': 12, 'logicalType':"
                + " 'duration'}}, ");
        fields.append("{'name': 'place', 'type': {'type': 'record', 'name': 'Place', 'fields': [{'name': 'day', 'type':"
                + " {'type': 'int', 'logicalType': 'date'}}, {'name': 'n', 'type': 'long'}]}}");
        Schema schema = AvroMessages.schema(fields.toString());
        Object[] values = new Object[SAMPLES.size() + 4];
        for (int i = 0; i < SAMPLES.size(); i++) {
            values[i] = SAMPLES.get(i).value();
        }
        int more = SAMPLES.size();
        values[more] = new GenericData.EnumSymbol(schema.getField("mood").schema(), "OK");
        values[more + 1] = new GenericData.Fixed(schema.getField("four").schema(), new byte[] {-1, -1, -1, -2});
        values[more + 2] = new GenericData.Fixed(
                schema.getField("long").schema(), new byte[] {1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0});
        GenericData.Record place =
                new GenericData.Record(schema.getField("place").schema());
        place.put("day", 0);
        place.put("n", Long.MIN_VALUE);
        values[more + 3] = place;
        AvroMessages.send(topic, AvroMessages.value(register(schema), schema, values));

        TableDescription table = described();
        Map<String, String> types = new LinkedHashMap<>();
        table.columns().forEach(column -> types.put(column.name(), column.type().notation()));
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < SAMPLES.size(); i++) {
            expected.put("c" + i, SAMPLES.get(i).type());
            assertThat(rows(table, "c" + i))
                    .containsExactly("c" + i + "=" + SAMPLES.get(i).text());
        }
        expected.putAll(Map.of("mood", "text", "four", "numeric(9,0)", "long", "interval", "place", "json"));
        assertThat(types).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(rows(table, "mood", "four", "long", "place"))
                .containsExactly("mood=OK four=-2 long=1 mon 2 days 00:00:00.003"
                        + " place={\"day\":\"1970-01-01\",\"n\":-9223372036854775808}");
        assertThat(table.column("c0").orElseThrow().nullable()).isFalse();
        assertThat(table.column("c17").orElseThrow().nullable()).isTrue();
    }

    @Test
    void messagesOfOtherSchemasAreResolvedToTheLatest() {
        Schema first = AvroMessages.schema("{'name': 'id', 'type': 'int'}, {'name': 'old', 'type': 'string'}");
        Schema latest =
                AvroMessages.schema("{'name': 'id', 'type': 'long'}, {'name': 'name', 'aliases': ['old'], 'type':"
                        + " ['null', 'string']}, {'name': 'added', 'type': 'string', 'default': 'none'}");
        int one = register(first);
        int two = register(latest);
        AvroMessages.send(
                topic, AvroMessages.value(one, first, 1, "a"), AvroMessages.value(two, latest, 2L, null, "b"));

        assertThat(rows()).containsExactly("id=1 name=a added=none", "id=2 name=NULL added=b");
        assertThat(rows(described(), "added")).containsExactly("added=none", "added=b");
    }

    /** Fields have their aliases in a record that has the other's name for an alias. */
    @Test
    void fieldThatWasRenamedInARenamedRecordIsReadAndNotItsDefault() {
        Schema first = AvroMessages.schema("{'name': 'id', 'type': 'int'}, {'name': 'amount', 'type': 'int'}");
        Schema latest = new Schema.Parser()
                .parse(("{'type': 'record', 'name': 'Purchase', 'namespace': 'sales', 'aliases': ['shop.Order'],"
                                + " 'fields': [{'name': 'id', 'type': 'int'}, {'name': 'total', 'aliases': ['amount'],"
                                + " 'type': 'int', 'default': 0}]}")
                        .replace('\'', '"'));
        int one = register(first);
        register(latest);
        AvroMessages.send(topic, AvroMessages.value(one, first, 1, 42));

        assertThat(rows()).containsExactly("id=1 total=42");
    }

    /** Another producer's versions count, and what Godwit knows of the columns only where they are the same still. */
    @Test
    void columnsOfATopicThatGodwitWroteAreThoseOfTheSchemaAsItIsNow() {
        String written = topic + "-written";
        LoadedStep step = LoadedStep.of(
                KafkaServer.connection(RegistryServer.options(Map.of())),
                written,
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        LogicalType small = LogicalType.parse("int2");
        TablePlan plan = step.plan("id", small);
        try (Sink sink = KafkaServer.sink(step.connection())) {
            sink.prepare(new PrepareStep(step.id(), List.of(plan), List.of()));
            byte[] tuple = TupleBuilder.tuple(
                    List.of(ByteBuffer.allocate(2).putShort((short) 1).array(), "a".getBytes(UTF_8)));
            LoadedStep.write(sink, plan, step.subtask(0), List.of(tuple));
        }
        topic = written;
        String record = "{'type': 'record', 'name': '" + written.replace('-', '_') + "', 'fields': [%s]}";
        String id = "{'name': 'id', 'type': 'int'}";
        String added = "{'name': 'added', 'type': 'int', 'default': 7}";
        String name = "{'name': 'name', 'type': ['null', 'string'], 'default': null}";

        assertThat(rows()).containsExactly("id=1 name=a");
        register(parsed(record, String.join(", ", id, name, added)));
        assertThat(rows()).containsExactly("id=1 name=a added=7");
        assertThat(described().column("id").orElseThrow().type()).isEqualTo(small);
        register(parsed(record, id.replace("int", "long") + ", " + added));
        assertThat(rows()).containsExactly("id=1 added=7");
        assertThat(described().column("id").orElseThrow().type()).isEqualTo(LogicalType.parse("int8"));
    }

    private static Schema parsed(String record, String fields) {
        return new Schema.Parser().parse(String.format(record, fields).replace('\'', '"'));
    }

    @Test
    void whatDoesNotResolveIsRefusedRowByRow() {
        Schema other = AvroMessages.schema("{'name': 'id', 'type': 'string'}");
        Schema latest = AvroMessages.schema("{'name': 'id', 'type': 'long'}");
        int one = register(other);
        int two = register(latest);
        AvroMessages.send(topic, AvroMessages.value(one, other, "canary-91"), AvroMessages.value(two, latest, 2L));

        assertThat(rows()).containsExactly("id=2");
        assertThat(malformed).singleElement().satisfies(row -> {
            assertThat(row.place()).contains(topic, "partition 0", "offset 0");
            assertThat(row.reason()).contains("Found string, expecting long").doesNotContain("canary-91");
            assertThat(row.remedy()).contains("registry").doesNotContain("columns");
        });
    }

    @Test
    void malformedMessagesAreSetAsideByTheirPlaces() {
        Schema schema = AvroMessages.schema("{'name': 'name', 'type': 'string'}, {'name': 'list', 'type': {'type':"
                + " 'array', 'items': 'null'}}");
        int id = register(schema);
        byte[] good = AvroMessages.value(id, schema, "abc", List.of());
        byte[] cut = Arrays.copyOf(good, good.length - 2);
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] noText = good.clone();
        noText[6] = (byte) 0xC3;
        byte[] endless = good.clone();
        endless[5] = (byte) 0xFE; // a text that is longer than all memory
        byte[] bomb = ByteBuffer.allocate(good.length + 4)
                .put(good, 0, good.length - 1)
                .put(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0x7F, 0})
                .array(); // a list of so many nulls, which take no bytes
        byte[] unknown =
                ByteBuffer.allocate(good.length).put(good).putInt(1, 4711).array();
        AvroMessages.send(
                topic,
                good,
                "{\"name\":\"json\"}".getBytes(UTF_8),
                new byte[0],
                cut,
                longer,
                noText,
                endless,
                bomb,
                unknown,
                good);

        assertThat(rows()).containsExactly("name=abc list=[]", "name=abc list=[]");
        assertThat(malformed).hasSize(8);
        assertThat(malformed)
                .extracting(MalformedRow::place)
                .allSatisfy(place -> assertThat(place).contains(topic, "partition 0"));
        assertThat(malformed.get(0).reason()).contains("the registry's format");
        assertThat(malformed.get(7).reason()).contains("schema 4711");
        assertThat(malformed.get(2).raw()).isEqualTo(cut);
    }

    @Test
    void valuesThatTheColumnsTypeHasNotAreRefused() {
        Schema schema = AvroMessages.schema(
                "{'name': 'at', 'type': {'type': 'long', 'logicalType': 'timestamp-nanos'}}, {'name': 'amount', 'type':"
                        + " {'type': 'bytes', 'logicalType': 'decimal', 'precision': 2, 'scale': 0}}");
        int id = register(schema);
        AvroMessages.send(
                topic,
                AvroMessages.value(id, schema, 1L, ByteBuffer.wrap(new byte[] {1})),
                AvroMessages.value(id, schema, Long.MIN_VALUE, ByteBuffer.wrap(new byte[] {1})),
                AvroMessages.value(id, schema, 0L, ByteBuffer.wrap(new byte[] {100})),
                AvroMessages.value(id, schema, 0L, ByteBuffer.wrap(new byte[] {99})));

        assertThat(rows()).containsExactly("at=1970-01-01 00:00:00+00 amount=99");
        assertThat(malformed)
                .extracting(MalformedRow::reason)
                .anySatisfy(reason -> assertThat(reason).contains("nanoseconds"));
        assertThat(malformed).hasSize(3);
    }

    /** The second, in microseconds, would begin anew from the other end. */
    @Test
    void momentsOfNoCalendarAreRefused() {
        Schema schema =
                AvroMessages.schema("{'name': 'at', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}}");
        int id = register(schema);
        AvroMessages.send(
                topic,
                AvroMessages.value(id, schema, 0L),
                AvroMessages.value(id, schema, -9_223_372_036_854_776L),
                AvroMessages.value(id, schema, 9_223_372_036_854_776L),
                AvroMessages.value(id, schema, Long.MIN_VALUE));

        assertThat(rows()).containsExactly("at=1970-01-01 00:00:00+00");
        assertThat(malformed)
                .hasSize(3)
                .extracting(MalformedRow::reason)
                .allSatisfy(reason -> assertThat(reason).contains("a moment outside the calendar"));
    }

    @Test
    void schemaThatChangesWhatWasPlannedEndsTheRun() {
        Schema first = AvroMessages.schema("{'name': 'id', 'type': 'int'}");
        AvroMessages.send(topic, AvroMessages.value(register(first), first, 1));
        TableDescription planned = described();
        register(AvroMessages.schema("{'name': 'id', 'type': 'string'}"));

        assertThat(codeOf(() -> rows(planned, "id"))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    /** Rows of one run have one default, whatever is registered while it reads. */
    @Test
    void valuesAreResolvedToTheSchemaThatTheRunWasPlannedBy() {
        Schema first = AvroMessages.schema("{'name': 'id', 'type': 'int'}");
        String added = "{'name': 'id', 'type': 'int'}, {'name': 'added', 'type': 'int', 'default': %d}";
        int one = register(first);
        register(AvroMessages.schema(String.format(added, 7)));
        AvroMessages.send(topic, AvroMessages.value(one, first, 1), AvroMessages.value(one, first, 2));
        TableDescription planned = described();
        List<PlannedSplit> splits = source.split(new SplitSource(
                        KafkaServer.connection(RegistryServer.options(Map.of())), planned, null, null, 1))
                .splits();

        List<String> rows = new ArrayList<>(rows(planned, splits.get(0).split(), "id", "added"));
        register(AvroMessages.schema(String.format(added, 8)));
        SplitAgain again = new SplitAgain(
                KafkaServer.connection(RegistryServer.options(Map.of())), planned, null, null, splits.get(1));
        source.splitAgain(again).splits().forEach(part -> rows.addAll(rows(planned, part.split(), "id", "added")));

        assertThat(splits).hasSize(2);
        assertThat(rows).containsExactly("id=1 added=7", "id=2 added=7");
        assertThat(rows(planned, "id", "added")).containsExactly("id=1 added=8", "id=2 added=8");
    }

    @Test
    void schemaThatIsGoneSinceTheRunWasPlannedEndsIt() {
        register(AvroMessages.schema("{'name': 'id', 'type': 'int'}"));
        TableDescription planned = described();
        Split.OffsetRange split = (Split.OffsetRange) source.split(new SplitSource(
                        KafkaServer.connection(RegistryServer.options(Map.of())), planned, null, null, 1))
                .splits()
                .get(0)
                .split();
        Split gone = new Split.OffsetRange(split.topic(), split.number(), split.first(), split.end(), 4711);

        assertThat(codeOf(() -> rows(planned, gone, "id"))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    }

    /** Of other strategies for subjects the registry is not asked: a message names its schema. */
    @Test
    void schemaOfTheFirstMessageIsTakenWhereTheSubjectHasAnotherName() {
        Schema schema = AvroMessages.schema("{'name': 'id', 'type': 'int'}");
        int id = RegistryServer.register("shop.Order-" + topic, schema);
        AvroMessages.send(topic, new byte[] {7}, AvroMessages.value(id, schema, 1));

        assertThat(rows()).containsExactly("id=1");
        assertThat(malformed).hasSize(1);
    }

    @Test
    void topicWithoutASchemaAndSchemasWithoutAnEndAreRefusedByThePlan() {
        assertThat(codeOf(this::described)).isEqualTo(ErrorCode.NOT_SUPPORTED);

        register(AvroMessages.schema("{'name': 'next', 'type': ['null', 'shop.Order']}"));
        assertThat(codeOf(this::described)).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    private static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }
}
