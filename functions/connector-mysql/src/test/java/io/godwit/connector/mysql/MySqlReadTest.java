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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                "INSERT INTO d VALUES (1, '0000-00-00'), (2, '2020-00-00')");

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> read(connection, "d"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE);
        assertThat(thrown.remedy()).contains("zeroDates");
        assertThat(read(MySqlServer.with(connection, Map.of("zeroDates", "null")), "d"))
                .containsExactly("NULL", "NULL");
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
