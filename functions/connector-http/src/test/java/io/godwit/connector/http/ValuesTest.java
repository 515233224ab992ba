package io.godwit.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.kit.TypeSample;
import io.godwit.connector.kit.TypeSamples;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an answer says is what is read, to the bit, or the row is malformed, with its place and a reason. */
class ValuesTest {
    private final RestServer server = new RestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static boolean isJson(TypeSample sample) {
        return sample.type() == Scalar.JSON || sample.type() == Scalar.JSONB;
    }

    static Stream<TypeSample> types() {
        return TypeSamples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyValueOfEveryTypeIsReadAsItsBytes(TypeSample sample) {
        Codec<Object> codec = Codecs.of(sample.type());
        List<String> rows = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String value : sample.values()) {
            byte[] bytes = codec.encode(codec.parse(value));
            // What a database takes and what it gives differ; a server gives.
            String text = codec.format(codec.decode(bytes, 0, bytes.length));
            boolean isJson = isJson(sample);
            rows.add("{\"v\": " + (isJson ? text : RestSource.json(text)) + "}");
            expected.add(
                    isJson
                            ? text.equals("null") ? "NULL" : "json"
                            : HexFormat.of().formatHex(bytes));
        }
        rows.add("{\"v\": null}");
        rows.add("{}");
        expected.add("NULL");
        expected.add("NULL");
        server.put("t", rows);

        List<String> read = new ArrayList<>();
        TupleFields fields = new TupleFields(1);
        read(sample.type().notation(), Map.of(), (bytes, offset, length) -> {
            fields.of(bytes, offset, offset + length);
            boolean isJson = isJson(sample);
            read.add(
                    fields.isNull(0) ? "NULL" : isJson ? "json" : HexFormat.of().formatHex(fields.copy(0)));
        });

        assertThat(read).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | int8",
                "-9223372036854775808 | numeric",
                "18446744073709551615 | numeric",
                "123456789012345678901234567890.123456789012345678901234567890 | numeric",
                "0.1 | numeric",
                "1e400 | json",
                "1E2 | json",
                "-0 | json",
                "true | bool",
                "'\"x\"' | text",
                "'\"\"' | text",
                "null | text",
                "'{\"a\": 1.10}' | json",
                "'[1, \"a\", null]' | json"
            })
    void typeIsTheNarrowestThatKeepsTheValueAsWritten(String value, String type) {
        server.put("t", List.of("{\"v\": " + value + "}"));

        try (Source source = server.source("none", "t", Map.of())) {
            TableDescription described = source.describe(source.tables()).get(0);
            assertThat(described.columns().get(0).type().notation()).isEqualTo(type);
            List<String> rows = new ArrayList<>();
            source.read(
                    new ReadRequest(described, described.columns(), null, new Split.Whole(null), null, 1 << 20, null),
                    (bytes, offset, length) -> {
                        TupleFields fields = new TupleFields(1);
                        fields.of(bytes, offset, offset + length);
                        Column column = described.columns().get(0);
                        rows.add(fields.isNull(0) ? "null" : text(column, fields.copy(0)));
                    });
            assertThat(rows).containsExactly(type.equals("text") ? value.replace("\"", "") : value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"v\": 9223372036854775808}' | int8",
                "'{\"v\": 1.5}' | int8",
                "'{\"v\": 1e0}' | int8",
                "'{\"v\": 1e1000000000}' | numeric",
                "'{\"v\": 1e400}' | float8",
                "'{\"v\": 1.005}' | numeric(18,2)",
                "'{\"v\": 7}' | text",
                "'{\"v\": true}' | text",
                "'{\"v\": \"\\ud800\"}' | text",
                "'{\"v\": \"\\udc00\\ud800\"}' | text",
                "'{\"v\": \"yes\"}' | date",
                "'{\"v\": \"2026-02-30\"}' | date",
                "'{\"v\": {\"a\": 1}}' | text",
                "'{\"v\": 1, \"v\": 2}' | int8",
                "'{\"v\": 1, \"w\": 2}' | int8",
                "'{\"v\": 1]' | int8",
                "'{\"v\": NaN}' | float8",
                "'{\"v\": 01}' | int8",
                "'{v: 1}' | int8",
                "'[1]' | int8",
                "'3' | int8",
                "'\"{}\"' | int8",
                "null | int8"
            })
    void rowThatIsNoneIsHandedOverWithItsPlaceAndNeverChanged(String row, String type) {
        server.put("t", List.of("{\"v\": null}", row, "{\"v\": null}"));
        List<MalformedRow> malformed = new ArrayList<>();
        int[] rows = {0};

        read(type, Map.of(), new RowConsumer() {
            @Override
            public void row(byte[] bytes, int offset, int length) {
                rows[0]++;
            }

            @Override
            public void malformed(MalformedRow one) {
                malformed.add(one);
            }
        });

        assertThat(rows[0]).isEqualTo(2);
        assertThat(malformed).hasSize(1);
        assertThat(malformed.get(0).place()).isEqualTo("connection api: /api/none/t#/1");
        assertThat(new String(malformed.get(0).raw(), StandardCharsets.UTF_8)).isEqualTo(row);
        assertThat(malformed.get(0).reason()).isNotEmpty().doesNotContain("9223", "2026", "yes", "ud800");
        assertThat(malformed.get(0).remedy()).isNotEmpty();
    }

    @Test
    void malformedRowEndsTheReadingWhereItIsNotTaken() {
        server.put("t", List.of("{\"v\": 1}", "{\"v\": \"secret\"}"));

        GodwitException refused = catchThrowableOfType(
                GodwitException.class, () -> read("int8", Map.of(), (bytes, offset, length) -> {}));

        assertThat(refused.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE);
        assertThat(refused).hasMessageContaining("/api/none/t#/1").hasMessageContaining("key v");
        assertThat(refused.getMessage()).doesNotContain("secret");
    }

    @Test
    void otherKeysAreLeftOutWhereThatIsWanted() {
        server.put("t", List.of("{\"v\": 1, \"w\": {\"v\": [2]}}"));
        int[] rows = {0};

        read("int8", Map.of("otherKeys", "leave-out"), (bytes, offset, length) -> rows[0]++);

        assertThat(rows[0]).isEqualTo(1);
    }

    @Test
    void jsonIsKeptAsItIsWritten() {
        String json = "{ \"b\" : 1.10, \"a\":[ 1e400,\"\\ud800\"],\"a\":null }";
        server.put("t", List.of("{\"v\": " + json + "}"));
        List<String> read = new ArrayList<>();

        read(
                "json",
                Map.of(),
                (bytes, offset, length) -> read.add(new String(bytes, offset + 6, length - 6, StandardCharsets.UTF_8)));

        assertThat(read).containsExactly(json);
    }

    @Test
    void sampleOfNoRowsButOtherThingsIsRefused() {
        server.put("t", List.of("1", "2"));

        try (Source source = server.source("none", "t", Map.of())) {
            assertThat(catchThrowableOfType(GodwitException.class, () -> source.describe(source.tables()))
                            .code())
                    .isEqualTo(ErrorCode.SOURCE_REFUSED);
        }
    }

    private static String text(Column column, byte[] bytes) {
        Codec<Object> codec = Codecs.of(column.type());
        if (column.type() == Scalar.BOOL) {
            return String.valueOf(bytes[0] != 0);
        }
        return codec.format(codec.decode(bytes, 0, bytes.length));
    }

    private void read(String type, Map<String, String> options, RowConsumer rows) {
        try (Source source = server.source("none", "t", options)) {
            TableName name = source.tables().get(0);
            TableDescription table = Tables.declared(name, "v", type);
            source.read(
                    new ReadRequest(table, table.columns(), null, new Split.Whole(null), null, 1 << 20, null), rows);
        }
    }
}
