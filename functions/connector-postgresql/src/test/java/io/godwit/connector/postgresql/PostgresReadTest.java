package io.godwit.connector.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL has that the contract of sources does not know of. */
class PostgresReadTest {
    private static final Connection CONNECTION = PostgresServer.connection("reads");
    private static final long LIMIT = 32L << 20;
    private static final long SPLIT_BYTES = 128 << 10;

    private final PostgresSource source = new PostgresSource(CONNECTION, PostgresServer.secrets());

    @AfterEach
    void close() {
        source.close();
    }

    private static void run(String... sql) {
        PostgresTables.run("reads", sql);
    }

    private TableDescription describe(String name) {
        return source.describe(List.of(new TableName("reads", "public", name))).get(0);
    }

    private static ReadRequest request(TableDescription table, Split split, @Nullable String snapshot) {
        return new ReadRequest(table, table.columns(), null, split, snapshot, LIMIT, null);
    }

    private List<String> read(TableDescription table) {
        List<String> rows = new ArrayList<>();
        source.read(
                request(table, new Split.Whole(null), null),
                (bytes, offset, length) -> rows.add(new String(bytes, offset + 6, length - 6, UTF_8)));
        return rows;
    }

    private long count(TableDescription table, List<PlannedSplit> splits, @Nullable String snapshot) {
        AtomicLong rows = new AtomicLong();
        splits.forEach(split -> source.read(
                request(table, split.split(), snapshot), (bytes, offset, length) -> rows.incrementAndGet()));
        return rows.get();
    }

    private SourceSplits split(TableDescription table, @Nullable String snapshot) {
        return source.split(new SplitSource(CONNECTION, table, null, snapshot, SPLIT_BYTES));
    }

    @Test
    void partitionsAreReadOneByOneAndLargeOnesSplit() {
        run(
                "CREATE TABLE parted (id int, p text, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (9000) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_21 PARTITION OF parted_2 DEFAULT",
                "INSERT INTO parted SELECT i, repeat('p', 100) FROM generate_series(0, 8999) i");
        TableDescription table = describe("parted");

        List<PlannedSplit> splits = split(table, null).splits();

        assertThat(table.partitions()).extracting(TableName::name).containsExactly("parted_1", "parted_21");
        assertThat(source.tables())
                .extracting(TableName::name)
                .contains("parted")
                .doesNotContain("parted_1");
        assertThat(splits)
                .first()
                .extracting(split -> split.split().partition())
                .isEqualTo(table.partitions().get(0));
        assertThat(splits).hasSizeGreaterThan(4);
        assertThat(count(table, splits, null)).isEqualTo(9000);
    }

    @Test
    void manySmallPartitionsAreReadTogether() {
        List<String> sql = new ArrayList<>(
                List.of("CREATE TABLE small (id int, p text, PRIMARY KEY (id)) PARTITION BY HASH (id)"));
        for (int i = 0; i < 60; i++) {
            sql.add("CREATE TABLE small_" + i + " PARTITION OF small FOR VALUES WITH (MODULUS 60, REMAINDER " + i
                    + ")");
        }
        sql.add("INSERT INTO small SELECT i, repeat('p', 100) FROM generate_series(1, 6000) i");
        run(sql.toArray(new String[0]));
        TableDescription table = describe("small");

        List<PlannedSplit> splits = split(table, null).splits();

        assertThat(splits)
                .hasSizeBetween(4, 15)
                .allSatisfy(split -> assertThat(split.split().partition()).isNull());
        assertThat(count(table, splits, null)).isEqualTo(6000);
    }

    @Test
    void readingThatTakesLongerThanItMayEndsAsTooLarge() {
        run("CREATE TABLE slow (id int PRIMARY KEY)", "INSERT INTO slow SELECT generate_series(1, 100)");
        TableDescription table = describe("slow");
        String where = "pg_sleep(0.01) IS NOT NULL";
        Split whole = new Split.Whole(null);

        ErrorCode code = catchThrowableOfType(
                        GodwitException.class,
                        () -> source.read(
                                new ReadRequest(
                                        table, table.columns(), where, whole, null, LIMIT, Duration.ofMillis(200)),
                                (bytes, offset, length) -> {}))
                .code();

        assertThat(code).isEqualTo(ErrorCode.SUBTASK_TOO_LARGE);
        AtomicLong rows = new AtomicLong();
        source.read(
                new ReadRequest(
                        table, table.columns(), "id <= 5 AND " + where, whole, null, LIMIT, Duration.ofSeconds(30)),
                (bytes, offset, length) -> rows.incrementAndGet());
        assertThat(rows).hasValue(5);
    }

    @Test
    void blocksAreHalvedWhereThereIsNoKeyAndOneSnapshotHolds() {
        run("CREATE TABLE heaped (v text)", "INSERT INTO heaped SELECT repeat('p', 100) FROM generate_series(1, 6000)");
        TableDescription table = describe("heaped");
        PlannedSplit whole = new PlannedSplit(new Split.Whole(null), 6000, 600_000);
        try (PostgresSource holder = new PostgresSource(CONNECTION, PostgresServer.secrets())) {
            String snapshot = holder.holdSnapshot();
            List<PlannedSplit> quarters =
                    source.splitAgain(new SplitAgain(CONNECTION, table, null, snapshot, whole)).splits().stream()
                            .flatMap(
                                    half -> source
                                            .splitAgain(new SplitAgain(CONNECTION, table, null, snapshot, half))
                                            .splits()
                                            .stream())
                            .toList();

            assertThat(quarters).hasSize(4);
            assertThat(count(table, quarters, snapshot)).isEqualTo(6000);
            assertThat(count(table, quarters.subList(0, 1), snapshot)).isBetween(500L, 3000L);
        }
        assertThat(source.splitAgain(new SplitAgain(CONNECTION, table, null, null, whole))
                        .splits())
                .containsExactly(whole);
    }

    @Test
    void rangesAreOfAsFewColumnsOfTheKeyAsTellThemApart() {
        run(
                "CREATE TABLE orders (number int, line int, p text, PRIMARY KEY (number, line))",
                "INSERT INTO orders SELECT i / 7, i % 7, repeat('p', 100) FROM generate_series(1, 6000) i",
                "CREATE TABLE tenants (tenant int, id int, p text, PRIMARY KEY (tenant, id))",
                "INSERT INTO tenants SELECT 1, i, repeat('p', 100) FROM generate_series(1, 6000) i",
                "CREATE TABLE tenant (tenant int, id int, p text, PRIMARY KEY (tenant, id))",
                "INSERT INTO tenant SELECT 1, i, repeat('p', 100) FROM generate_series(1, 1500) i");

        assertThat(rangesOf("orders")).allSatisfy(columns -> assertThat(columns).containsExactly("number"));
        assertThat(rangesOf("tenants"))
                .allSatisfy(columns -> assertThat(columns).containsExactly("tenant", "id"));
        List<PlannedSplit> two = split(describe("tenant"), null).splits();
        assertThat(two)
                .hasSize(2)
                .allSatisfy(split -> assertThat(count(describe("tenant"), List.of(split), null))
                        .isBetween(300L, 1200L));
        assertThat(count(describe("orders"), split(describe("orders"), null).splits(), null))
                .isEqualTo(6000);
    }

    private List<List<String>> rangesOf(String table) {
        List<PlannedSplit> splits = split(describe(table), null).splits();
        assertThat(splits).hasSizeGreaterThan(3);
        return splits.stream()
                .map(split -> ((Split.KeyRange) split.split()).columns())
                .toList();
    }

    @Test
    void rowsStrewnOverTheirKeyAreReadByBlocksInsideASnapshot() {
        run(
                "CREATE TABLE strewn (id uuid PRIMARY KEY, p text)",
                "INSERT INTO strewn SELECT md5(i::text)::uuid, repeat('p', 100) FROM generate_series(1, 5000) i",
                "ANALYZE strewn");
        TableDescription table = describe("strewn");
        String snapshot = source.holdSnapshot();

        SourceSplits blocks = split(table, snapshot);
        run("UPDATE strewn SET p = 'moved'", "DELETE FROM strewn WHERE id < '80000000-0000-0000-0000-000000000000'");

        assertThat(blocks.splits())
                .hasSizeGreaterThan(3)
                .allSatisfy(split -> assertThat(split.split()).isInstanceOf(Split.Blocks.class));
        assertThat(count(table, blocks.splits(), snapshot)).isEqualTo(5000);
    }

    @Test
    void tableThatWasRewrittenIsNotReadByBlocks() {
        run(
                "CREATE TABLE rewritten (p text)",
                "INSERT INTO rewritten SELECT repeat('p', 100) FROM generate_series(1, 5000) i");
        TableDescription table = describe("rewritten");
        String snapshot = source.holdSnapshot();
        List<PlannedSplit> splits = split(table, snapshot).splits();

        run("VACUUM FULL rewritten");

        assertThat(catchThrowableOfType(GodwitException.class, () -> count(table, splits, snapshot))
                        .code())
                .isEqualTo(ErrorCode.SOURCE_SNAPSHOT_LOST);
    }

    @Test
    void largeValuesMakeSplitsEvenByBytes() {
        run(
                "CREATE TABLE skewed (id int PRIMARY KEY, b bytea)",
                "ALTER TABLE skewed ALTER b SET STORAGE EXTERNAL",
                "INSERT INTO skewed SELECT i, CASE WHEN i > 4000 THEN decode(repeat('ab', 20000), 'hex') END"
                        + " FROM generate_series(1, 4100) i");
        TableDescription table = describe("skewed");

        List<PlannedSplit> splits = split(table, null).splits();

        assertThat(splits).hasSizeGreaterThan(10);
        assertThat(splits).allSatisfy(split -> {
            AtomicLong bytes = new AtomicLong();
            source.read(request(table, split.split(), null), (row, offset, length) -> bytes.addAndGet(length));
            assertThat(bytes.get()).isLessThan(4 * SPLIT_BYTES);
        });
    }

    @Test
    void rowTooLargeIsRefusedByTheServerAndNamedByItsKey() {
        run(
                "CREATE TABLE huge (a int, b text, t text, PRIMARY KEY (a, b))",
                "INSERT INTO huge SELECT i, 'x', 'small' FROM generate_series(1, 10) i",
                "INSERT INTO huge VALUES (7, 'it''s', repeat('secret', 10000000))");
        TableDescription table = describe("huge");

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> read(table));

        assertThat(refused.code()).isEqualTo(ErrorCode.ROW_TOO_LARGE);
        assertThat(refused).hasMessageContaining("huge").hasMessageContaining("(a, b) = (7, it's)");
        assertThat(refused).hasMessageContaining("60000004").hasMessageNotContaining("secretsecret");
    }

    @Test
    void foreignTypesTravelAsText() {
        run(
                "CREATE TYPE address AS (street text, number int)",
                "CREATE TABLE composed (a address)",
                "INSERT INTO composed VALUES (ROW('a \"b\"', 1))");

        assertThat(read(describe("composed"))).containsExactly("(\"a \"\"b\"\"\",1)");
    }

    @Test
    void tableIsItsOwnRowsAndNotItsHeirs() {
        run(
                "CREATE TABLE parent (a text)",
                "CREATE TABLE child () INHERITS (parent)",
                "INSERT INTO parent VALUES ('mine')",
                "INSERT INTO child VALUES ('theirs')");

        assertThat(read(describe("parent"))).containsExactly("mine");
    }

    @Test
    void viewFindsFunctionsWhereItsUserFindsThem() {
        run(
                "CREATE FUNCTION helper() RETURNS text LANGUAGE sql AS $$ SELECT 'helped'::text $$",
                "CREATE FUNCTION greet() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN helper(); END $$",
                "CREATE VIEW greeting AS SELECT greet() AS g");

        assertThat(read(describe("greeting"))).containsExactly("helped");
        assertThat(split(describe("greeting"), null).splits()).hasSize(1);
    }

    @Test
    void rowsThatAPolicyHidesAreAnErrorAndNotALoss() {
        run(
                "CREATE TABLE hidden (a text)",
                "INSERT INTO hidden VALUES ('x')",
                "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
                "DROP ROLE IF EXISTS guest",
                "CREATE ROLE guest LOGIN",
                "GRANT SELECT ON hidden TO guest");
        Connection guest = new Connection(
                "shop",
                "postgresql",
                CONNECTION.host(),
                CONNECTION.port(),
                "reads",
                "guest",
                null,
                Map.of(),
                CONNECTION.limits(),
                CONNECTION.pools());
        TableDescription table = describe("hidden");

        try (PostgresSource limited = new PostgresSource(guest, PostgresServer.secrets())) {
            GodwitException refused = catchThrowableOfType(
                    GodwitException.class,
                    () -> limited.read(request(table, new Split.Whole(null), null), (bytes, offset, length) -> {}));
            assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
            assertThat(refused.remedy()).contains("BYPASSRLS");
            assertThat(limited.test().notes()).anyMatch(note -> note.contains("row-level security"));
        }
        run("DROP TABLE hidden", "DROP ROLE guest");
    }

    @Test
    void tableWithoutColumnsHasRowsAllTheSame() {
        run("CREATE TABLE bare ()", "INSERT INTO bare DEFAULT VALUES");
        TableDescription table = describe("bare");
        AtomicLong rows = new AtomicLong();

        source.read(request(table, new Split.Whole(null), null), (bytes, offset, length) -> {
            assertThat(length).isEqualTo(2);
            rows.incrementAndGet();
        });

        assertThat(rows).hasValue(1);
    }
}
