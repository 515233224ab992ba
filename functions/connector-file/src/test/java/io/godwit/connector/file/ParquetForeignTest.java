package io.godwit.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.file.format.FieldTexts;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.TypeWord;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that DuckDB wrote, which has code of its own for Parquet; and ours, which it reads. */
class ParquetForeignTest {
    private static final String MANY = "select i as id, 'text ' || (i % 1000) as t, i * 0.25 as d, "
            + "case when i % 7 = 0 then null else i end as n from range(300000) r(i)";

    private final Folder folder = new Folder(Map.of("format", "parquet"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "true|bool|true",
                "(-128)::tinyint|int2|-128",
                "255::utinyint|int2|255",
                "65535::usmallint|int4|65535",
                "4294967295::uinteger|int8|4294967295",
                "18446744073709551615::ubigint|numeric(20,0)|18446744073709551615",
                "(-9223372036854775808)::bigint|int8|-9223372036854775808",
                "1.5::float|float4|1.5",
                "'NaN'::double|float8|NaN",
                "'-0'::double|float8|-0",
                "123.45::decimal(5,2)|numeric(5,2)|123.45",
                "-1234567890.123::decimal(18,3)|numeric(18,3)|-1234567890.123",
                "-0.01::decimal(38,2)|numeric(38,2)|-0.01",
                "date '0044-03-15 (BC)'|date|0044-03-15 BC",
                "date '1582-10-10'|date|1582-10-10",
                "time '23:59:59.999999'|time|23:59:59.999999",
                "timestamp '2026-11-28 10:00:00.123456'|timestamp|2026-11-28 10:00:00.123456",
                "timestamptz '2026-11-28 10:00:00+02'|timestamptz|2026-11-28 08:00:00+00",
                "timestamp_ms '1969-12-31 23:59:59.999'|timestamp|1969-12-31 23:59:59.999",
                "timestamp_ns '2026-11-28 10:00:00.123456'|timestamp|2026-11-28 10:00:00.123456",
                "interval '1 year 2 days 3 seconds'|interval|1 year 2 days 00:00:03",
                "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid|uuid|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "'ünï 🐦'|text|ünï 🐦",
                "'\\x00\\xFF'::blob|bytea|\\x00ff",
                "'b'::enum('a', 'b')|text|b",
                "'{\"a\": 1}'::json|json|{\"a\": 1}",
                "[1, null, 3]|json|[1,null,3]",
                "[]::integer[]|json|[]",
                "[[1.50], null, []]|json|[[1.50],null,[]]",
                "{'a': 1, 'b': {'c': 'x', 'd': null}}|json|{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null}}",
                "map {'k': date '2026-01-31', 'l': null}|json|[{\"key\":\"k\",\"value\":\"2026-01-31\"},{\"key\":\"l\",\"value\":null}]",
            })
    void valuesOfOthersAreReadAsWhatTheyAre(String sql, String type, String text) throws SQLException {
        duck("copy (select * from (values (" + sql + "), (null)) v(c)) to '" + path("t.parquet")
                + "' (format parquet)");

        assertThat(table("t").columns().get(0).type().notation()).isEqualTo(type);
        assertThat(rows("t")).containsExactly(java.util.Arrays.asList(text), java.util.Collections.singletonList(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp_ns '2026-11-28 10:00:00.123456789'|nanoseconds",
                "date 'infinity'|outside the calendar",
                "timestamp '-infinity'|outside the calendar"
            })
    void valueThatHasNoPlaceIsRefusedWithItsRow(String sql, String reason) throws SQLException {
        duck("copy (select * from (values (null), (" + sql + ")) v(c)) to '" + path("t.parquet")
                + "' (format parquet)");

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> rows("t"));

        assertThat(refused.code()).isEqualTo(ErrorCode.ROW_NOT_CONVERTIBLE);
        assertThat(refused).hasMessageContaining("t.parquet, row 2: column c: ").hasMessageContaining(reason);
        assertThat(refused.getMessage()).doesNotContain("2026");
    }

    /** Such rows are handed over by their places, whichever columns have no place for a value; the others are read. */
    @Test
    void rowsAroundThemAreRead() throws SQLException {
        duck("copy (select i as id, case when i = 1 then date 'infinity' else date '2026-11-29' + i::integer end as d,"
                + " [make_timestamp_ns(1764410400000000000 + case when i = 3 then 1 else 0 end)] as l,"
                + " 'text ' || i as t from range(6) r(i)) to '" + path("t.parquet") + "' (format parquet)");

        MixedRows mixed = MixedRows.of(folder, "t", 1 << 20);

        assertThat(mixed.malformed())
                .extracting(MalformedRow::place)
                .containsExactly("t.parquet, row 2", "t.parquet, row 4");
        assertThat(mixed.malformed())
                .extracting(MalformedRow::reason)
                .containsExactly(
                        "column d: a date outside the calendar",
                        "column l: a time with nanoseconds, of which microseconds are held");
        assertThat(mixed.malformed()).noneMatch(MalformedRow::isWhole);
        assertThat(mixed.rows())
                .isEqualTo(List.of(0, 2, 4, 5).stream()
                        .map(i -> List.of(
                                String.valueOf(i),
                                LocalDate.of(2026, 11, 29).plusDays(i).toString(),
                                "[\"2025-11-29 10:00:00\"]",
                                "text " + i))
                        .toList());
        assertThat(mixed.places())
                .containsExactly("t.parquet, row 1", "t.parquet, row 3", "t.parquet, row 5", "t.parquet, row 6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compression snappy",
                "compression zstd",
                "compression gzip",
                "compression lz4_raw",
                "compression uncompressed",
                "parquet_version v2, compression zstd"
            })
    void everyRowOfALargeFileIsInOnePart(String how) throws SQLException {
        duck("copy (" + MANY + ") to '" + path("t.parquet") + "' (format parquet, row_group_size 40000, " + how + ")");
        Source source = folder.source();
        TableDescription table = table("t");
        List<PlannedSplit> splits = source.split(new SplitSource(folder.connection(), table, null, null, 200_000))
                .splits();

        assertThat(splits).hasSizeGreaterThan(2);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (PlannedSplit split : splits) {
            rows.addAll(read(source, table, split, table.columns()));
        }
        assertThat(rows).isEqualTo(duckRows("select id::text, t, d::text, n::text from (" + MANY + ")"));
    }

    @Test
    void columnsThatAreNotAskedForAreNotRead() throws SQLException {
        duck("copy (" + MANY + ") to '" + path("t.parquet") + "' (format parquet)");
        Source source = folder.source();
        TableDescription table = table("t");
        PlannedSplit whole = source.split(new SplitSource(folder.connection(), table, null, null, 1L << 30))
                .splits()
                .get(0);
        List<Column> two = List.of(table.columns().get(3), table.columns().get(0));

        assertThat(read(source, table, whole, two)).isEqualTo(duckRows("select n::text, id::text from (" + MANY + ")"));
    }

    @Test
    void declaredTypeThatWouldChangeValuesIsRefused() throws SQLException {
        duck("copy (select 1::bigint as id) to '" + path("t.parquet") + "' (format parquet)");
        folder.write("t_schema.json", "{\"version\": 1, \"columns\": [{\"name\": \"id\", \"type\": \"int2\"}]}");

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> rows("t"));

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        assertThat(refused).hasMessageContaining("column id is int8 in the file, and int2 in the table");
    }

    @Test
    void pageThatUnpacksToMoreThanMemoryIsRefused() throws SQLException {
        duck("copy (select repeat('x', 250000000) as t) to '" + path("t.parquet")
                + "' (format parquet, compression zstd)");

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> rows("t"));

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        assertThat(refused).hasMessageContaining("t.parquet").hasMessageContaining("bytes at once");
    }

    @Test
    void rowAboveTheLimitIsRefusedWithItsNumber() throws SQLException {
        duck("copy (select case when i = 3 then repeat('x', 3000000) end as t from range(5) r(i)) to '"
                + path("t.parquet") + "' (format parquet, compression zstd)");

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> rows("t"));

        assertThat(refused.code()).isEqualTo(ErrorCode.ROW_TOO_LARGE);
        assertThat(refused).hasMessageContaining("t.parquet, row 4");
    }

    /** What a writer holds in memory is one group; files that are written at once share it. */
    @ParameterizedTest
    @CsvSource({"1, 4194304", "4, 1048576"})
    void groupsOfRowsAreBounded(int files, long most) throws SQLException {
        List<FileColumn> columns = ParquetFile.columns("id int8,t text");
        Random random = new Random(1);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            rows.add(List.of(
                    String.valueOf(i), random.longs(8).mapToObj(Long::toString).collect(Collectors.joining())));
        }
        folder.write("t.parquet", ParquetFile.of(4 << 20, files, columns, rows));

        List<List<@Nullable String>> sizes = duckRows("select sum(total_compressed_size)::bigint::text from "
                + "parquet_metadata('" + path("t.parquet") + "') group by row_group_id");
        assertThat(sizes).hasSizeGreaterThan(2);
        assertThat(sizes)
                .allSatisfy(size ->
                        assertThat(Long.parseLong(String.valueOf(size.get(0)))).isLessThan(most + (1 << 20)));
        assertThat(rows("t")).isEqualTo(rows);
    }

    /** Whatever bytes are wrong, the outcome is rows or an error that names the file; and memory stays bounded. */
    @Test
    void damagedFilesAreRefused() throws SQLException, IOException {
        duck("copy (select i as id, 'some text ' || i as t, [i, i + 1] as l, i::decimal(20,2) as d "
                + "from range(2000) r(i)) to '" + path("good.parquet") + "' (format parquet, parquet_version v2)");
        byte[] good = Files.readAllBytes(Path.of(path("good.parquet")));
        Files.delete(Path.of(path("good.parquet")));
        Random random = new Random(20261128);
        List<GodwitException> refused = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            byte[] bad = good.clone();
            int place = i % 2 == 0 ? random.nextInt(bad.length) : bad.length - 1 - random.nextInt(600);
            bad[place] = (byte) (i % 3 == 0 ? 0xFF : random.nextInt());
            folder.write("bad.parquet", bad);
            GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> rows("bad"));
            if (thrown != null) {
                refused.add(thrown);
            }
        }
        for (int length : List.of(0, 3, 11, 100, good.length / 2, good.length - 1)) {
            folder.write("bad.parquet", java.util.Arrays.copyOf(good, length));
            refused.add(catchThrowableOfType(GodwitException.class, () -> rows("bad")));
        }

        assertThat(refused).hasSizeGreaterThan(50);
        assertThat(refused).allSatisfy(thrown -> {
            assertThat(thrown.code()).isIn(ErrorCode.SOURCE_REFUSED, ErrorCode.ROW_NOT_CONVERTIBLE);
            assertThat(thrown).hasMessageContaining("bad.parquet");
            assertThat(thrown.getMessage()).doesNotContain("some text");
        });
    }

    /**
     * Older writers let the repeated group be the element; which one has one field of its own is told by its name.
     *
     * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists">the format's rules</a>
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list|[1,null]",
                "array|[{\"element\":1},{\"element\":null}]",
                "c_tuple|[{\"element\":1},{\"element\":null}]"
            })
    void listsOfOlderWritersAreOfWhatTheyRepeat(String repeated, String text) throws SQLException, IOException {
        duck("copy (select [1, null] as c) to '" + path("new.parquet") + "' (format parquet)");
        ParquetFooter footer = ParquetFooter.of(Files.readAllBytes(Path.of(path("new.parquet"))));
        footer.rename("list", repeated);
        folder.write("t.parquet", footer.file());

        assertThat(rows("t")).containsExactly(List.of(text));
    }

    /** Its footer fits the file, which has a hole where the page would be. */
    @Test
    void pageThatWouldBeLargerCompressedThanItIsIsRefusedBeforeItIsRead() throws IOException {
        byte[] good = ParquetFile.of(1000, ParquetFile.columns("c int8"), List.of(List.of("1")));
        ParquetFooter.of(good).writeWithHugePage(Path.of(path("t.parquet")), 1_400_000_000, 1000);

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> rows("t"));

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        assertThat(refused)
                .hasMessageContaining("t.parquet")
                .hasMessageContaining("a page of 1000 bytes would have 1400000000 once it is compressed");
    }

    /** What DuckDB says that a file of ours holds. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "bool|BOOLEAN|true",
                "int2|SMALLINT|-32768",
                "int4|INTEGER|2147483647",
                "int8|BIGINT|-9223372036854775808",
                "float4|FLOAT|1.5",
                "float8|DOUBLE|-0.0",
                "numeric(5,2)|DECIMAL(5,2)|-123.45",
                "numeric(18,3)|DECIMAL(18,3)|123456789012345.678",
                "numeric(38,0)|DECIMAL(38,0)|-99999999999999999999999999999999999999",
                "numeric|VARCHAR|1.50",
                "text|VARCHAR|ünï 🐦",
                "varchar(9)|VARCHAR|x",
                "bytea|BLOB|\\x00\\xFF",
                "date|DATE|5874897-12-31",
                "date|DATE|4714-11-24 (BC)",
                "time(3)|TIME|23:59:59.123",
                "timestamp|TIMESTAMP|1969-12-31 23:59:59.999999",
                "timestamptz|TIMESTAMP WITH TIME ZONE|2026-11-28 08:00:00+00",
                "uuid|UUID|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "jsonb|JSON|{\"a\": 1}",
                "int4[]|VARCHAR|{1,2}",
                "timetz|VARCHAR|12:00:00+01:30",
            })
    void othersReadWhatWeWrite(String type, String duckType, String text) throws SQLException {
        String value = duckType.equals("BLOB")
                ? "\\x00ff"
                : text.replace(" (BC)", " BC").replace("-0.0", "-0");
        List<List<@Nullable String>> rows =
                List.of(List.of(value), java.util.Collections.singletonList(null), List.of(value));
        folder.write("t.parquet", ParquetFile.of(1000, List.of(new FileColumn("c", TypeWord.parse(type))), rows));

        assertThat(duckRows("select typeof(c), c::varchar from '" + path("t.parquet") + "'"))
                .containsExactly(
                        List.of(duckType, text), java.util.Arrays.asList(duckType, null), List.of(duckType, text));
        assertThat(duckRows("select column_name from (describe from '" + path("t.parquet") + "')"))
                .containsExactly(List.of("c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numeric(5,2)|NaN",
                "date|infinity",
                "timestamp|294276-12-31 23:59:59.999999",
                "timestamptz|-infinity",
                "time|24:00:00"
            })
    void valueThatOthersHaveNoPlaceForStandsBesideItsColumn(String type, String text) throws SQLException {
        folder.write(
                "t.parquet",
                ParquetFile.of(
                        1, List.of(new FileColumn("c", TypeWord.parse(type))), List.of(List.of(text), List.of(text))));

        assertThat(duckRows("select c, _beyond->>'c' from '" + path("t.parquet") + "'"))
                .containsExactly(java.util.Arrays.asList(null, text), java.util.Arrays.asList(null, text));
        assertThat(table("t").columns()).hasSize(1);
        assertThat(rows("t")).containsExactly(List.of(text), List.of(text));
    }

    private String path(String name) {
        return folder.path().resolve(name).toString();
    }

    private static void duck(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("set threads to 1");
            statement.execute("set TimeZone to 'UTC'");
            statement.execute(sql);
        }
    }

    private static List<List<@Nullable String>> duckRows(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = query(statement, sql)) {
            List<List<@Nullable String>> all = new ArrayList<>();
            while (rows.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row);
            }
            return all;
        }
    }

    private static ResultSet query(Statement statement, String sql) throws SQLException {
        statement.execute("set TimeZone to 'UTC'");
        return statement.executeQuery(sql);
    }

    private TableDescription table(String name) {
        return folder.source().describe(List.of(folder.tableName(name))).get(0);
    }

    private List<List<@Nullable String>> rows(String name) {
        Source source = folder.source();
        TableDescription table =
                source.describe(List.of(folder.tableName(name))).get(0);
        return source.split(new SplitSource(folder.connection(), table, null, null, 1L << 30)).splits().stream()
                .flatMap(split -> read(source, table, split, table.columns()).stream())
                .collect(Collectors.toList());
    }

    private static List<List<@Nullable String>> read(
            Source source, TableDescription table, PlannedSplit split, List<Column> columns) {
        FieldTexts texts = new FieldTexts(columns.stream()
                .map(column -> new FileColumn(column.name(), column.type()))
                .toList());
        TupleFields fields = new TupleFields(columns.size());
        List<List<@Nullable String>> rows = new ArrayList<>();
        source.read(
                new ReadRequest(table, columns, null, split.split(), null, 1 << 20, null), (bytes, offset, length) -> {
                    fields.of(bytes, offset, offset + length);
                    rows.add(texts.of(fields));
                });
        return rows;
    }
}
