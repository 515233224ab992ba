package io.godwit.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.Split;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that others read as something else, and rows that are too large. */
class MySqlReadTest {
    private static final int MAX_ROW_BYTES = 10_000;

    private final Connection connection = MySqlServer.anew("read");

    private List<String> read(Connection from, String table) {
        List<String> rows = new ArrayList<>();
        try (Source source = new MySqlSource(from, MySqlServer.secrets())) {
            TableDescription described =
                    source.describe(List.of(new TableName("read", null, table))).get(0);
            source.read(
                    new ReadRequest(
                            described, described.columns(), null, new Split.Whole(null), null, MAX_ROW_BYTES, null),
                    (bytes, offset, length) -> {
                        TupleFields fields = new TupleFields(described.columns().size());
                        fields.of(bytes, offset, length);
                        rows.add(fields.isNull(1) ? "NULL" : String.valueOf(fields.length(1)));
                    });
        }
        return rows;
    }

    @Test
    void dateThatIsNoneEndsTheReadingUnlessItMayBeNull() {
        MySqlServer.loosely(
                "read",
                "CREATE TABLE d (id int PRIMARY KEY, day date)",
                "INSERT INTO d VALUES (1, '0000-00-00'), (2, '2020-00-00')",
                "CREATE TABLE t (id int PRIMARY KEY, at datetime(3))",
                "INSERT INTO t VALUES (1, '0000-00-00'), (2, '2020-00-00 01:00:00')");

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> read(connection, "d"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE);
        assertThat(thrown.remedy()).contains("zeroDates");
        for (String table : List.of("d", "t")) {
            assertThat(read(MySqlServer.with(connection, Map.of("zeroDates", "null")), table))
                    .containsExactly("NULL", "NULL");
        }
    }

    @Test
    void rowBeyondTheLimitIsNamedByItsKey() {
        MySqlServer.run(
                "read",
                "CREATE TABLE large (id int PRIMARY KEY, v longtext)",
                "INSERT INTO large VALUES (1, 'x'), (2, repeat('x', 20000))");

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> read(connection, "large"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_TOO_LARGE);
        assertThat(thrown).hasMessageContaining("(id) = (2)").hasMessageContaining("20");
    }

    @ParameterizedTest
    @CsvSource({
        "time(3), 00:00:00.001, 00:00:00.001",
        "time(6), -00:00:01.000010, -00:00:01.00001",
        "time, 838:59:59, 838:59:59",
        "datetime(3), 2024-01-01 00:00:00.001, 2024-01-01 00:00:00.001",
        "datetime(6), 0001-01-01 00:00:00.000010, 0001-01-01 00:00:00.00001",
        "datetime(1), 9999-12-31 23:59:59.9, 9999-12-31 23:59:59.9",
        "timestamp(2), 2024-01-01 00:00:00.01, 2024-01-01 00:00:00.01+00",
        "date, 1582-10-10, 1582-10-10",
        "'decimal(30,10)', -0.0000000001, -0.0000000001",
        "double, 0.1, 0.1",
        "float, 16777217, 1.6777216e+07",
        "bigint unsigned, 18446744073709551615, 18446744073709551615",
        "year, 2155, 2155",
        "bit(10), 5, 0000000101",
    })
    void valueIsWhatItWas(String type, String written, String expected) {
        MySqlServer.run(
                "read",
                "CREATE TABLE v (id int PRIMARY KEY, v " + type + ")",
                "INSERT INTO v VALUES (1, " + (type.startsWith("bit") ? written : Quoting.literal(written)) + ")");
        List<String> values = new ArrayList<>();
        try (Source source = new MySqlSource(connection, MySqlServer.secrets())) {
            TableDescription table =
                    source.describe(List.of(new TableName("read", null, "v"))).get(0);
            Codec<Object> codec = Codecs.of(table.columns().get(1).type());
            source.read(
                    new ReadRequest(table, table.columns(), null, new Split.Whole(null), null, MAX_ROW_BYTES, null),
                    (bytes, offset, length) -> {
                        TupleFields fields = new TupleFields(2);
                        fields.of(bytes, offset, length);
                        values.add(codec.format(codec.decode(bytes, fields.offset(1), fields.length(1))));
                    });
        }
        assertThat(values).containsExactly(expected);
    }

    /** Several bytes a character, an escape character that is data, and texts that look like NULL. */
    @Test
    void textsComeAsTheirUtf8() {
        MySqlServer.run(
                "read",
                "CREATE TABLE s (id int PRIMARY KEY, v varchar(10) CHARACTER SET utf16)",
                "INSERT INTO s VALUES (1, '🐦'), (2, ''), (3, NULL), (4, 'NULL'), (5, '\\N')");

        assertThat(read(connection, "s")).containsExactly("4", "0", "NULL", "4", "2");
    }
}
