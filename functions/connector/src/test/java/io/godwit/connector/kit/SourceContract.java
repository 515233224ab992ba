package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.kit.SampleTable.SampleColumn;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.HighWaterQuestion;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every source promises: each row of a table in exactly one of its splits, whatever its key and its names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // so that connectors say which keys and names they have
public abstract class SourceContract {
    private static final int ROWS = 3000;
    private static final long SPLIT_BYTES = 64 << 10;
    private static final String PAYLOAD = "p".repeat(100);

    private final List<Source> sources = new ArrayList<>();
    private TableName table = new TableName(null, null, "unset");

    /** The source's connection. Its database outlives the test class's methods. */
    protected abstract Connection connection();

    /** Opens a source on this connection, with a resolver for its secret. */
    protected abstract Source open(Connection connection);

    /** The name of a table that does not exist yet, in this source's words. */
    protected abstract TableName tableName(String name);

    protected abstract void create(SampleTable sample);

    /** Adds rows to a table that {@link #create} made. */
    protected abstract void insert(SampleTable sample);

    /** The most columns that a table may have. */
    protected abstract int mostColumns();

    /** Kinds of keys; a source that lacks a type leaves its kinds out. */
    protected List<SampleKey> keys() {
        return SampleKey.all();
    }

    /** Names that the database can store. */
    protected List<String> hostileNames() {
        return List.of(
                "Mixed Case",
                "we\"ird",
                "it's",
                "semi; -- colon",
                "select",
                "back\\slash",
                "🐦 emoji",
                "percent%s",
                "dot.dot",
                "new\nline",
                "$1 ? ${x}",
                "n".repeat(63));
    }

    @BeforeEach
    void nameTable(TestInfo test) {
        table = tableName("s" + Integer.toHexString((test.getDisplayName() + test.getTestMethod()).hashCode()));
    }

    @AfterEach
    void closeSources() {
        sources.forEach(Source::close);
        sources.clear();
    }

    private Source source() {
        Source source = open(connection());
        sources.add(source);
        return source;
    }

    private static TableDescription describe(Source source, TableName name) {
        List<TableDescription> described = source.describe(List.of(name));
        assertThat(described).hasSize(1);
        return described.get(0);
    }

    private SourceSplits split(Source source, TableDescription described, @Nullable String where) {
        return source.split(new SplitSource(connection(), described, where, null, SPLIT_BYTES));
    }

    private static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }

    /** {@code (id int8 primary key, payload text)} with rows 0 to count. */
    private SampleTable plain(int count) {
        return new SampleTable(
                        table,
                        List.of(new SampleColumn("id", "int8"), new SampleColumn("payload", "text")),
                        List.of("id"),
                        List.of())
                .with(count, i -> List.of(String.valueOf(i), PAYLOAD));
    }

    private static List<String> flat(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void splitsCoverEveryRowExactlyOnce(SampleKey key) {
        SampleTable sample = keyed(key).with(ROWS, i -> row(key, i));
        create(sample);
        Source source = source();
        TableDescription described = describe(source, table);

        List<PlannedSplit> splits = split(source, described, null).splits();

        assertThat(splits).hasSizeGreaterThan(2);
        List<List<String>> parts = ReadRows.each(source, described, null, splits, null);
        assertThat(flat(parts))
                .hasSize(ROWS)
                .containsExactlyInAnyOrderElementsOf(ReadRows.whole(source, described, null));
        assertThat(parts).allSatisfy(part -> assertThat(part).hasSizeLessThan(ROWS / 2));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void rowsThatCameAfterTheBoundsWereChosenAreInExactlyOneSplit(SampleKey key) {
        create(keyed(key).with(ROWS, i -> row(key, 2 * i + 10)));
        Source source = source();
        TableDescription described = describe(source, table);
        List<PlannedSplit> splits = split(source, described, null).splits();

        insert(keyed(key).with(ROWS / 2, i -> row(key, i < 10 ? i : 2 * i + 11)));

        List<String> rows = flat(ReadRows.each(source, described, null, splits, null));
        assertThat(rows)
                .hasSize(ROWS + ROWS / 2)
                .containsExactlyInAnyOrderElementsOf(ReadRows.whole(source, described, null));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void halvesOfHalvesCoverEveryRowExactlyOnce(SampleKey key) {
        create(keyed(key).with(ROWS, i -> row(key, i)));
        Source source = source();
        TableDescription described = describe(source, table);
        List<PlannedSplit> parts = List.of(new PlannedSplit(new Split.Whole(null), ROWS, -1));
        for (int depth = 0; depth < 3; depth++) {
            parts = parts.stream()
                    .flatMap(part -> splitAgain(source, described, part).stream())
                    .toList();
        }

        assertThat(parts).hasSize(8);
        List<List<String>> rows = ReadRows.each(source, described, null, parts, null);
        assertThat(flat(rows))
                .hasSize(ROWS)
                .containsExactlyInAnyOrderElementsOf(ReadRows.whole(source, described, null));
        assertThat(rows).allSatisfy(part -> assertThat(part).hasSizeLessThan(ROWS / 4));
    }

    @Test
    void singleRowIsNotSplitAgain() {
        create(plain(1));
        Source source = source();

        PlannedSplit whole = new PlannedSplit(new Split.Whole(null), -1, -1);

        assertThat(splitAgain(source, describe(source, table), whole)).containsExactly(whole);
    }

    private List<PlannedSplit> splitAgain(Source source, TableDescription described, PlannedSplit split) {
        return source.splitAgain(new SplitAgain(connection(), described, null, null, split))
                .splits();
    }

    private SampleTable keyed(SampleKey key) {
        List<SampleColumn> columns = new ArrayList<>();
        for (int i = 0; i < key.types().size(); i++) {
            columns.add(new SampleColumn("k" + i, key.types().get(i)));
        }
        List<String> names = columns.stream().map(SampleColumn::name).toList();
        columns.add(new SampleColumn("payload", "text"));
        return new SampleTable(table, columns, names, List.of());
    }

    private static List<@Nullable String> row(SampleKey key, int i) {
        List<@Nullable String> row = new ArrayList<>(key.value().apply(i));
        row.add(PAYLOAD);
        return row;
    }

    @Test
    void emptyTableIsOneSplitWithoutRows() {
        create(plain(0));
        Source source = source();
        TableDescription described = describe(source, table);

        List<PlannedSplit> splits = split(source, described, null).splits();

        assertThat(splits).hasSize(1);
        assertThat(ReadRows.each(source, described, null, splits, null)).containsExactly(List.of());
    }

    @Test
    void singleRowIsOneSplit() {
        create(plain(1));
        Source source = source();
        TableDescription described = describe(source, table);

        List<PlannedSplit> splits = split(source, described, null).splits();

        assertThat(splits).hasSize(1);
        assertThat(flat(ReadRows.each(source, described, null, splits, null))).hasSize(1);
    }

    @Test
    void tableSmallerThanASplitIsNotSplit() {
        create(plain(100));
        Source source = source();

        SourceSplits splits = split(source, describe(source, table), null);

        assertThat(splits.splits())
                .singleElement()
                .satisfies(split -> assertThat(split.split()).isEqualTo(new Split.Whole(null)));
        assertThat(splits.reason()).contains("not split");
    }

    @Test
    void tableWithoutKeyIsOneSplitAndSaysWhy() {
        create(new SampleTable(table, plain(0).columns(), List.of(), plain(ROWS).rows()));
        Source source = source();
        TableDescription described = describe(source, table);

        SourceSplits splits = split(source, described, null);

        assertThat(splits.reason()).contains("no key");
        assertThat(flat(ReadRows.each(source, described, null, splits.splits(), null)))
                .hasSize(ROWS);
    }

    @Test
    void conditionHoldsInEverySplit() {
        create(plain(ROWS));
        Source source = source();
        TableDescription described = describe(source, table);
        String where = "id < 10 OR id >= 1000 -- and nothing else";

        List<PlannedSplit> splits = split(source, described, where).splits();

        assertThat(flat(ReadRows.each(source, described, where, splits, null)))
                .hasSize(ROWS - 990)
                .doesNotHaveDuplicates();
    }

    @Test
    void conditionThatMatchesNothingReadsNothing() {
        create(plain(ROWS));
        Source source = source();
        TableDescription described = describe(source, table);

        List<PlannedSplit> splits = split(source, described, "id < 0").splits();

        assertThat(flat(ReadRows.each(source, described, "id < 0", splits, null)))
                .isEmpty();
    }

    @Test
    void wrongConditionIsRefusedBeforeAnythingIsRead() {
        create(plain(10));
        Source source = source();
        TableDescription described = describe(source, table);

        assertThat(codeOf(() -> split(source, described, "no_such_column = 1"))).isEqualTo(ErrorCode.SOURCE_REFUSED);
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void hostileNamesAreNames(String name) {
        TableName hostile = tableName(name);
        create(new SampleTable(
                        hostile,
                        List.of(new SampleColumn(name, "int8"), new SampleColumn("payload", "text")),
                        List.of(name),
                        List.of())
                .with(ROWS, i -> List.of(String.valueOf(i), PAYLOAD)));
        Source source = source();

        assertThat(source.tables()).contains(hostile);
        TableDescription described = describe(source, hostile);
        assertThat(described.name()).isEqualTo(hostile);
        assertThat(described.columns()).extracting(Column::name).containsExactly(name, "payload");
        List<PlannedSplit> splits = split(source, described, null).splits();
        assertThat(splits).hasSizeGreaterThan(2);
        assertThat(flat(ReadRows.each(source, described, null, splits, null))).hasSize(ROWS);
        assertThat(source.preview(hostile, 3).rows()).hasSize(3);
        assertThat(source.highWater(new HighWaterQuestion(connection(), hostile, name, null)))
                .isEqualTo(String.valueOf(ROWS - 1));
    }

    @Test
    void widestTableIsRead() {
        int columns = mostColumns();
        create(new SampleTable(
                        table,
                        IntStream.range(0, columns)
                                .mapToObj(i -> new SampleColumn("c" + i, "bool"))
                                .toList(),
                        List.of(),
                        List.of())
                .with(2, i -> {
                    List<@Nullable String> row = new ArrayList<>(Arrays.asList(new @Nullable String[columns]));
                    row.set(i, "true");
                    return row;
                }));
        Source source = source();
        TableDescription described = describe(source, table);

        assertThat(described.columns()).hasSize(columns);
        assertThat(ReadRows.whole(source, described, null)).hasSize(2).doesNotHaveDuplicates();
        assertThat(source.preview(table, 10).rows()).hasSize(2);
    }

    @Test
    void columnsComeInTheOrderAskedFor() {
        create(plain(1));
        Source source = source();
        TableDescription described = describe(source, table);
        List<Column> payloadOnly = List.of(described.columns().get(1));

        List<Integer> lengths = new ArrayList<>();
        source.read(ReadRows.request(described, payloadOnly, 1000), (bytes, offset, length) -> lengths.add(length));

        assertThat(lengths).containsExactly(2 + 4 + PAYLOAD.length());
    }

    @Test
    void rowAboveTheLimitIsRefusedWithItsTableAndKey() {
        SampleTable sample = plain(5);
        create(sample);
        insert(new SampleTable(table, sample.columns(), sample.key(), List.of(List.of("4711", "x".repeat(5000)))));
        Source source = source();
        TableDescription described = describe(source, table);

        GodwitException refused = catchThrowableOfType(
                GodwitException.class,
                () -> source.read(
                        ReadRows.request(described, described.columns(), 2000), (bytes, offset, length) -> {}));

        assertThat(refused.code()).isEqualTo(ErrorCode.ROW_TOO_LARGE);
        assertThat(refused).hasMessageContaining(table.name()).hasMessageContaining("4711");
        assertThat(refused.getMessage()).doesNotContain("xxx");
    }

    @Test
    void whatTheConsumerThrowsEndsTheReadingAndTheSourceGoesOn() {
        create(plain(ROWS));
        Source source = source();
        TableDescription described = describe(source, table);
        IllegalStateException full = new IllegalStateException("full");
        AtomicInteger rows = new AtomicInteger();

        Throwable thrown = catchThrowable(
                () -> source.read(ReadRows.request(described, described.columns(), 1000), (bytes, offset, length) -> {
                    if (rows.incrementAndGet() == 10) {
                        throw full;
                    }
                }));

        assertThat(thrown).isSameAs(full);
        assertThat(rows).hasValue(10);
        assertThat(ReadRows.whole(source, described, null)).hasSize(ROWS);
    }

    @Test
    void snapshotShowsItsMomentToOtherSessions() {
        create(plain(ROWS));
        Source holder = source();
        String snapshot = holder.holdSnapshot();
        insert(new SampleTable(table, plain(0).columns(), List.of("id"), List.of(List.of("1000000", PAYLOAD))));
        Source source = source();
        TableDescription described = describe(source, table);

        SourceSplits splits = source.split(new SplitSource(connection(), described, null, snapshot, SPLIT_BYTES));

        assertThat(flat(ReadRows.each(source, described, null, splits.splits(), snapshot)))
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
        assertThat(ReadRows.whole(source, described, null)).hasSize(ROWS + 1);
    }

    @Test
    void tableWithoutKeyIsSplitInsideASnapshot() {
        create(new SampleTable(table, plain(0).columns(), List.of(), plain(ROWS).rows()));
        Source source = source();
        String snapshot = source.holdSnapshot();
        TableDescription described = describe(source, table);

        SourceSplits splits = source.split(new SplitSource(connection(), described, null, snapshot, SPLIT_BYTES));

        assertThat(splits.splits()).hasSizeGreaterThan(2);
        assertThat(flat(ReadRows.each(source, described, null, splits.splits(), snapshot)))
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
    }

    @Test
    void snapshotWhoseHolderEndedIsLost() {
        create(plain(1));
        Source holder = source();
        String snapshot = holder.holdSnapshot();
        Source source = source();
        TableDescription described = describe(source, table);
        ReadRequest request = new ReadRequest(
                described, described.columns(), null, new Split.Whole(null), snapshot, ReadRows.MAX_ROW_BYTES, null);

        holder.close();

        assertThat(codeOf(() -> source.read(request, (bytes, offset, length) -> {})))
                .isEqualTo(ErrorCode.SOURCE_SNAPSHOT_LOST);
        assertThat(ReadRows.whole(source, described, null)).hasSize(1);
    }

    @Test
    void previewTellsNullFromEmpty() {
        create(new SampleTable(
                table,
                List.of(new SampleColumn("a", "text"), new SampleColumn("b", "text")),
                List.of(),
                List.of(Arrays.asList("", null))));

        Preview preview = source().preview(table, 10);

        assertThat(preview.columns()).containsExactly("a", "b");
        assertThat(preview.types()).hasSize(2);
        assertThat(preview.rows()).containsExactly(Arrays.asList("", null));
    }

    @Test
    void highWaterIsTheLargestValueOrNone() {
        create(plain(12));
        Source source = source();

        assertThat(source.highWater(new HighWaterQuestion(connection(), table, "id", null)))
                .isEqualTo("11");
        assertThat(source.highWater(new HighWaterQuestion(connection(), table, "id", "id < 5")))
                .isEqualTo("4");
        assertThat(source.highWater(new HighWaterQuestion(connection(), table, "id", "id < 0")))
                .isNull();
    }

    @Test
    void tableThatIsNotThereIsLeftOutOfDescriptionsAndSaidSoWhenRead() {
        create(plain(1));
        Source source = source();
        TableDescription described = describe(source, table);
        TableDescription vanished = new TableDescription(
                tableName("vanished"),
                described.kind(),
                described.columns(),
                described.primaryKey(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);

        assertThat(source.describe(List.of(vanished.name(), table)))
                .extracting(TableDescription::name)
                .containsExactly(table);
        assertThat(codeOf(() -> ReadRows.whole(source, vanished, null))).isEqualTo(ErrorCode.SOURCE_TABLE_NOT_FOUND);
        assertThat(codeOf(() -> split(source, vanished, null))).isEqualTo(ErrorCode.SOURCE_TABLE_NOT_FOUND);
        assertThat(codeOf(() -> source.preview(vanished.name(), 1))).isEqualTo(ErrorCode.SOURCE_TABLE_NOT_FOUND);
    }

    @Test
    void sourceSaysWhatItIsAndWhichDatabasesItHas() {
        Source source = source();

        assertThat(source.test().product()).isNotEmpty();
        assertThat(source.databases()).contains(connection().database());
    }

    @Test
    void sourceThatDoesNotAnswerIsUnreachable() {
        Connection nobody = connection();
        Connection away = new Connection(
                nobody.name(),
                nobody.type(),
                nobody.host(),
                1,
                nobody.database(),
                nobody.user(),
                nobody.secret(),
                nobody.options(),
                nobody.limits(),
                nobody.pools());

        try (Source source = open(away)) {
            assertThat(codeOf(source::test)).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
        }
    }

    @Test
    void databaseThatIsNotThereRefusesTheLogin() {
        try (Source source = open(connection().withDatabase("no_such_database"))) {
            assertThat(codeOf(source::tables)).isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        }
    }
}
