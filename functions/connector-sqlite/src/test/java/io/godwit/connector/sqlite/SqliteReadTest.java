package io.godwit.connector.sqlite;

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
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.Codecs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that stand where their column's type has none, tables of every kind, and what is a row's key. */
class SqliteReadTest {
    private static final int MAX_ROW_BYTES = 10_000;
    private static final String FILE = "read";

    private final Connection connection = TestFiles.empty(FILE);

    private static TableDescription describe(Source source, String table) {
        return source.describe(List.of(new TableName(null, null, table))).get(0);
    }

    /** Each row's values, joined with {@code |}; malformed rows by place, reason and bytes. */
    private static List<String> read(Connection from, String table, Split split) {
        List<String> rows = new ArrayList<>();
        try (Source source = TestFiles.source(from)) {
            TableDescription described = describe(source, table);
            List<Column> columns = described.columns();
            source.read(new ReadRequest(described, columns, null, split, null, MAX_ROW_BYTES, null), new RowConsumer() {
                @Override
                public void row(byte[] bytes, int offset, int length) {
                    TupleFields fields = new TupleFields(columns.size());
                    fields.of(bytes, offset, offset + length);
                    List<String> texts = new ArrayList<>();
                    for (int i = 0; i < columns.size(); i++) {
                        var codec = Codecs.of(columns.get(i).type());
                        texts.add(fields.isNull(i) ? "NULL" : codec.format(codec.decode(fields.copy(i))));
                    }
                    rows.add(String.join("|", texts));
                }

                @Override
                public void malformed(MalformedRow row) {
                    rows.add(row.place() + ": " + row.reason() + ": " + new String(row.raw(), StandardCharsets.UTF_8));
                }
            });
        }
        return rows;
    }

    private static List<String> read(Connection from, String table) {
        return read(from, table, new Split.Whole(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "integer; 'x'; a TEXT where a whole number belongs",
                "integer; 1.5; a REAL where a whole number belongs",
                "integer; 9223372036854775808; a REAL where a whole number belongs",
                "smallint; 40000; above 32767",
                "boolean; 2; above 1",
                "boolean; 'true'; a TEXT where",
                "double; 'NaN'; a TEXT where a number belongs",
                "float4; 0.1; more digits than a float4",
                "decimal(10,2); 0.125; more digits after the point",
                "decimal(4,2); 123.45; more digits than",
                "decimal(10,2); 'ten'; not a number",
                "decimal(10,2); 9e999; infinity",
                "text; x'00'; a BLOB where a text belongs",
                "text; cast(x'61ff' as text); no UTF-8",
                "varchar(3); 'four'; more than 3 characters",
                "blob; 'x'; a TEXT where bytes belong",
                "date; 2460000.5; a REAL where a text belongs",
                "date; '2026-02-30'; no value of its type",
                "date; '2026-2-3'; no date as it is written",
                "date; '2026-02-03 12:00:00'; no",
                "datetime; 1700000000000; an INTEGER where a text belongs",
                "datetime; '2026-02-03 12:00:00+02:00'; no timestamp as it is written",
                "datetime; '2026-02-03 12:00:00.1234567'; no timestamp as it is written",
                "timestamp(3); '2026-02-03 12:00:00.1234'; no timestamp(3) as it is written",
                "timestamptz; '2026-02-03 12:00:00'; no",
                "uuid; x'00ff'; no UUID",
                "json; x'00'; a BLOB where a text belongs",
                "int4[]; '{1,  2}'; no int4[] as it is written"
            })
    void valueThatIsNoneOfItsTypeIsMalformed(String type, String value, String reason) {
        TestFiles.run(
                FILE,
                "CREATE TABLE v (id integer PRIMARY KEY, v " + Quoting.type(type) + ")",
                "INSERT INTO v VALUES (1, NULL), (2, " + value + "), (3, NULL)");

        List<String> rows = read(connection, "v");

        assertThat(rows).hasSize(3).startsWith("1|NULL").endsWith("3|NULL");
        assertThat(rows.get(1))
                .contains("v: the row with key (id) = (2): column v")
                .contains(reason)
                .contains(": 2, ");
    }

    @Test
    void malformedRowEndsTheReadingWithTableKeyAndRemedyButNoValue() {
        TestFiles.run(
                FILE, "CREATE TABLE v (id integer PRIMARY KEY, v int)", "INSERT INTO v VALUES (7, 'canary-7f3a')");
        try (Source source = TestFiles.source(connection)) {
            TableDescription described = describe(source, "v");

            GodwitException thrown = catchThrowableOfType(
                    GodwitException.class,
                    () -> source.read(
                            new ReadRequest(
                                    described, described.columns(), null, new Split.Whole(null), null, 1000, null),
                            (bytes, offset, length) -> {}));

            assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE);
            assertThat(thrown).hasMessageContaining("(id) = (7)").hasMessageContaining("column v");
            assertThat(thrown.remedy()).contains("types: text");
            assertThat(thrown.toString()).doesNotContain("canary");
        }
    }

    @Test
    void allColumnsButThoseOfBytesAreTextsWhereTheConnectionSaysSo() {
        TestFiles.run(
                FILE,
                "CREATE TABLE v (id integer PRIMARY KEY, v datetime, w double, b blob)",
                "INSERT INTO v VALUES (1, 1700000000000, 0.1, x'00ff'), (2, '2026-2-3', 'n/a', NULL)");

        assertThat(read(TestFiles.connection(FILE, Map.of("types", "text")), "v"))
                .containsExactly("1|1700000000000|0.1|\\x00ff", "2|2026-2-3|n/a|NULL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "integer; 9007199254740993; 9007199254740993",
                "double; 9007199254740993; 9.007199254740992e+15",
                "decimal(10,2); 1.1; 1.10",
                "decimal(20,0); 1e15; 1000000000000000",
                "numeric; 1.10; 1.1",
                "numeric; '12345678901234567890.1'; 12345678901234567000",
                "\"\"; 1.10; 1.1",
                "\"\"; '1.10'; 1.10",
                "\"\"; 5; 5",
                "json; '1.10'; 1.1",
                "datetime; '2026-02-03T12:00:00.500'; 2026-02-03 12:00:00.5",
                "timestamptz; '2026-02-03 12:00:00Z'; 2026-02-03 12:00:00+00",
                "timestamptz; '2026-02-03 12:00:00+05:45'; 2026-02-03 06:15:00+00",
                "text; 'a' || char(0) || 'b'; a\0b",
                "point; '(1,2)'; (1,2)"
            })
    void valueIsWhatIsStored(String type, String value, String expected) {
        TestFiles.run(
                FILE,
                "CREATE TABLE v (id integer PRIMARY KEY, v " + Quoting.type(type) + ")",
                "INSERT INTO v VALUES (1, " + value + ")");

        assertThat(read(connection, "v")).containsExactly("1|" + expected);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16le", "UTF-16be"})
    void textsOfOtherEncodingsComeAsTheirUtf8(String encoding) {
        TestFiles.empty("utf16");
        Connection utf16 = TestFiles.connection("utf16", Map.of());
        assertThat(TestFiles.path("utf16").toFile().delete()).isTrue();
        TestFiles.run(
                "utf16",
                "PRAGMA encoding = '" + encoding + "'",
                "CREATE TABLE s (id integer PRIMARY KEY, v text)",
                "INSERT INTO s VALUES (1, '🐦é'), (2, ''), (3, 'a'), (4, cast(x'00d8' as text)), (5, cast(x'd800' as text))");

        assertThat(read(utf16, "s")).startsWith("1|🐦é", "2|", "3|a").anyMatch(row -> row.contains("no UTF-16"));
    }

    @Test
    void rowBeyondTheLimitIsNamedByItsKeyAndNotFetched() {
        TestFiles.run(
                FILE,
                "CREATE TABLE large (id integer PRIMARY KEY, v text)",
                "INSERT INTO large VALUES (1, 'x'), (2, hex(zeroblob(10000)))");

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> read(connection, "large"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_TOO_LARGE);
        assertThat(thrown).hasMessageContaining("(id) = (2)").hasMessageContaining("20000");
    }

    @Test
    void viewsGeneratedColumnsAndStrictTablesAreRead() {
        TestFiles.run(
                FILE,
                "CREATE TABLE g (id integer PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a + 1) STORED, c AS (a * 2))",
                "INSERT INTO g (a) VALUES (1), (5)",
                "CREATE TABLE s (id integer PRIMARY KEY, a any, b blob) STRICT",
                "INSERT INTO s VALUES (1, '007', x'01'), (2, 7, NULL)",
                "CREATE VIEW w AS SELECT id, a, a / 2.0 AS half FROM g",
                "CREATE VIRTUAL TABLE f USING fts5(body)",
                "INSERT INTO f VALUES ('bar-tailed')");

        assertThat(read(connection, "g")).containsExactly("1|1|2|2", "2|5|6|10");
        assertThat(read(connection, "s")).containsExactly("1|007|\\x01", "2|7|NULL");
        assertThat(read(connection, "w")).containsExactly("1|1|0.5", "2|5|2.5");
        assertThat(read(connection, "f")).anyMatch(row -> row.startsWith("bar-tailed"));
        try (Source source = TestFiles.source(connection)) {
            assertThat(source.tables()).extracting(TableName::name).containsExactly("f", "g", "s", "w");
        }
    }

    /** Of old, a primary key may be NULL in SQLite: a row with such a key would be in no range of keys. */
    @Test
    void nullableKeyIsAKeyWhileNoRowSaysOtherwiseAndNeverCutsTheTable() {
        StringBuilder insert = new StringBuilder("INSERT INTO k VALUES ('0', 0)");
        for (int i = 1; i < 2000; i++) {
            insert.append(", ('").append(i).append("', ").append(i).append(')');
        }
        TestFiles.run(FILE, "CREATE TABLE k (id text PRIMARY KEY, v int)", insert.toString());
        try (Source source = TestFiles.source(connection)) {
            TableDescription described = describe(source, "k");
            assertThat(described.primaryKey()).extracting(Key::columns).isEqualTo(List.of("id"));
            SourceSplits splits = source.split(new SplitSource(connection, described, null, null, 1000));

            TestFiles.run(FILE, "INSERT INTO k VALUES (NULL, -1)", "INSERT INTO k (rowid, v) VALUES (-5, -2)");

            assertThat(splits.splits()).hasSizeGreaterThan(2);
            List<String> rows = splits.splits().stream()
                    .map(PlannedSplit::split)
                    .flatMap(split -> read(connection, "k", split).stream())
                    .toList();
            assertThat(rows).hasSize(2002).doesNotHaveDuplicates().contains("NULL|-1", "NULL|-2");
            assertThat(describe(source, "k").primaryKey()).isNull();
        }
    }

    @Test
    void columnThatIsGoneIsAnErrorAndNotItsName() {
        TestFiles.run(FILE, "CREATE TABLE c (id integer PRIMARY KEY, v text)", "INSERT INTO c VALUES (1, 'x')");
        try (Source source = TestFiles.source(connection)) {
            TableDescription described = describe(source, "c");
            TestFiles.run(FILE, "ALTER TABLE c DROP COLUMN v");

            GodwitException thrown = catchThrowableOfType(
                    GodwitException.class,
                    () -> source.read(
                            new ReadRequest(
                                    described, described.columns(), null, new Split.Whole(null), null, 1000, null),
                            (bytes, offset, length) -> {}));

            assertThat(thrown.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        }
    }

    @Test
    void lockedFileIsWaitedForAndThenTriedAgain() throws Exception {
        TestFiles.run(FILE, "CREATE TABLE l (id integer PRIMARY KEY)");
        Connection impatient = TestFiles.connection(FILE, Map.of("busyTimeout", "1"));
        try (java.sql.Connection other = TestFiles.other(FILE);
                java.sql.Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN EXCLUSIVE");

            GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> read(impatient, "l"));

            assertThat(thrown.code()).isEqualTo(ErrorCode.SOURCE_INTERRUPTED);
            assertThat(thrown.code().isTransient()).isTrue();
            statement.executeUpdate("ROLLBACK");
        }
        assertThat(read(impatient, "l")).isEmpty();
    }
}
