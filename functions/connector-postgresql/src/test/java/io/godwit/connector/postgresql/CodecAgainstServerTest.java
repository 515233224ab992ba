package io.godwit.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.kit.TypeSample;
import io.godwit.connector.kit.TypeSamples;
import io.godwit.core.row.TupleFields;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/** Core's codecs against the server whose layouts and text forms they claim. */
class CodecAgainstServerTest {
    private static final HexFormat HEX = HexFormat.of();
    /** PGCOPY, its flags, and the length of no extension. */
    private static final byte[] COPY_HEADER = HEX.parseHex("5047434f50590aff0d0a000000000000000000");
    /** Types whose input function puts a value into another form than it was written in. */
    private static final Set<LogicalType> NORMALIZED = Set.of(Scalar.JSONB, Scalar.JSONPATH);

    private static final int RANDOM_VALUES = 2000;

    private static EmbeddedPostgres postgres;
    private static Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        postgres = EmbeddedPostgres.builder().fsync(false).start();
        connection = postgres.connect("postgres");
        for (String setting :
                List.of("DateStyle = ISO", "IntervalStyle = postgres", "TimeZone = UTC", "extra_float_digits = 1")) {
            execute("SET " + setting);
        }
        for (String statement : TypeSamples.SETUP) {
            execute(statement);
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        postgres.close();
    }

    static List<TypeSample> samples() {
        return TypeSamples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bytesAndTextAreTheServers(TypeSample sample) throws SQLException, IOException {
        LogicalType type = sample.type();
        Codec<Object> codec = Codecs.of(type);
        SoftAssertions softly = new SoftAssertions();
        for (String value : sample.values()) {
            String sql = sample.sql(value);
            String served = query("SELECT format('%s', " + sql + ")");
            byte[] bytes = binary(type instanceof Foreign ? "(" + sql + ")::text" : sql);
            String hex = HEX.formatHex(bytes);
            Object decoded = codec.decode(bytes);
            String text = codec.format(decoded);
            if (type == Scalar.TSQUERY) { // the server's text does not show how operators of one kind are grouped
                softly.assertThat(HEX.formatHex(binary(sample.sql(text))))
                        .as("the server's bytes of the text of %s", sql)
                        .isEqualTo(hex);
            } else {
                softly.assertThat(text).as("text of %s", sql).isEqualTo(served);
            }
            softly.assertThat(HEX.formatHex(codec.encode(decoded)))
                    .as("bytes of %s", sql)
                    .isEqualTo(hex);
            softly.assertThat(codec.format(codec.parse(text)))
                    .as("text of the text of %s", sql)
                    .isEqualTo(text);
            softly.assertThat(HEX.formatHex(codec.encode(codec.parse(text))))
                    .as("bytes of the text of %s", sql)
                    .isEqualTo(hex);
            if (!NORMALIZED.contains(type) && !(type instanceof Foreign)) {
                softly.assertThat(HEX.formatHex(codec.encode(codec.parse(value))))
                        .as("bytes of the literal of %s", sql)
                        .isEqualTo(hex);
            }
        }
        softly.assertAll();
    }

    @Test
    void randomFloatsReadAsTheServerWritesThem() throws SQLException, IOException {
        Random random = new Random(1);
        agreeOn(Scalar.FLOAT8, out -> out.int8(random.nextLong() & ~(1L << (62 - random.nextInt(11))))); // not NaN
        agreeOn(Scalar.FLOAT8, out -> out.float8(random.nextInt(1_000_000) / 1000.0));
        agreeOn(Scalar.FLOAT8, out -> out.float8(Math.scalb(1.0, random.nextInt(2098) - 1074)));
        agreeOn(Scalar.FLOAT8, out -> out.float8((double) (random.nextLong() >> random.nextInt(63))));
        agreeOn(Scalar.FLOAT4, out -> out.int4(random.nextInt() & ~(1 << (30 - random.nextInt(8)))));
        agreeOn(Scalar.FLOAT4, out -> out.float4(random.nextInt(1_000_000) / 1000f));
        agreeOn(Scalar.FLOAT4, out -> out.float4(Math.scalb(1f, random.nextInt(277) - 149)));
    }

    @Test
    void randomNumericsReadAsTheServerWritesThem() throws SQLException, IOException {
        Random random = new Random(2);
        agreeOn(new Decimal(null, null), out -> {
            int digits = random.nextInt(8);
            int weight = random.nextInt(14) - 7;
            out.int2(digits);
            out.int2(weight);
            out.int2(random.nextBoolean() ? 0x4000 : 0);
            out.int2(Math.max(0, 4 * (digits - 1 - weight)) + random.nextInt(3));
            for (int i = 0; i < digits; i++) {
                out.int2(random.nextInt(3) == 0 ? 0 : random.nextInt(10_000));
            }
        });
    }

    @Test
    void randomTimesReadAsTheServerWritesThem() throws SQLException, IOException {
        Random random = new Random(3);
        agreeOn(Scalar.DATE, out -> out.int4((int) (random.nextDouble() * 2_147_000_000L) - 2_400_000));
        for (Temporal.Kind kind : List.of(Temporal.Kind.TIMESTAMP, Temporal.Kind.TIMESTAMPTZ)) {
            agreeOn(
                    new Temporal(kind, null),
                    out -> out.int8((long) (random.nextDouble() * 9.4e18) - 210_000_000_000_000_000L));
            agreeOn(new Temporal(kind, null), out -> out.int8(random.nextInt() * 1_000_000L));
        }
        agreeOn(new Temporal(Temporal.Kind.TIMETZ, null), out -> {
            out.int8((long) (random.nextDouble() * 86_400_000_000L));
            out.int4(random.nextInt(2 * 57_599) - 57_599);
        });
        agreeOn(new Temporal(Temporal.Kind.INTERVAL, null), out -> {
            out.int8(random.nextInt(3) == 0 ? 0 : random.nextLong() >> random.nextInt(60));
            out.int4(random.nextInt(3) == 0 ? 0 : random.nextInt() >> random.nextInt(30));
            out.int4(random.nextInt(3) == 0 ? 0 : random.nextInt() >> random.nextInt(30));
        });
    }

    /** Sends fields of random bytes to the server, and compares what it sends back, and writes, with the codec. */
    private static void agreeOn(LogicalType type, Consumer<FieldWriter> field) throws SQLException, IOException {
        execute("CREATE TEMP TABLE random_values (n int4, v " + type.notation() + ")");
        FieldWriter rows = new FieldWriter();
        rows.bytes(COPY_HEADER);
        for (int i = 0; i < RANDOM_VALUES; i++) {
            rows.int2(2);
            rows.int4(4);
            rows.int4(i);
            int began = rows.beginElement();
            field.accept(rows);
            rows.endElement(began);
        }
        rows.int2(-1);
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY random_values FROM STDIN (FORMAT binary)", new ByteArrayInputStream(rows.toByteArray()));
        Codec<Object> codec = Codecs.of(type);
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet written = statement.executeQuery("SELECT v::text FROM random_values ORDER BY n")) {
            while (written.next()) {
                texts.add(written.getString(1));
            }
        }
        byte[] copied = copyOut("SELECT v FROM random_values ORDER BY n");
        TupleFields fields = new TupleFields(1);
        int at = COPY_HEADER.length;
        for (String text : texts) {
            at = fields.of(copied, at, copied.length);
            byte[] bytes = fields.copy(0);
            assertThat(codec.format(codec.decode(bytes))).isEqualTo(text);
            assertThat(codec.encode(codec.decode(bytes))).as(text).isEqualTo(bytes);
            assertThat(codec.encode(codec.parse(text))).as(text).isEqualTo(bytes);
        }
        execute("DROP TABLE random_values");
    }

    private static byte[] binary(String expression) throws SQLException, IOException {
        byte[] copied = copyOut("SELECT " + expression);
        TupleFields fields = new TupleFields(1);
        fields.of(copied, COPY_HEADER.length, copied.length);
        return fields.copy(0);
    }

    private static byte[] copyOut(String select) throws SQLException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)", out);
        return out.toByteArray();
    }

    private static String query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
