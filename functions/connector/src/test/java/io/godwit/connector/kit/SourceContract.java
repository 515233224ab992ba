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
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every source promises besides its splits: whatever a table's names, widths and sizes, it is read as it is. */
public abstract class SourceContract extends SourceKit {
    protected SourceContract(TestedSource tested) {
        super(tested);
    }

    /** The most columns that a table may have. */
    protected abstract int mostColumns();

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

    @ParameterizedTest
    @MethodSource("hostileNames")
    void hostileNamesAreNames(String name) {
        TableName hostile = tested.tableName(name);
        tested.create(new SampleTable(
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
        if (tested.isDatabase()) {
            assertThat(source.highWater(new HighWaterQuestion(tested.connection(), hostile, name, null)))
                    .isEqualTo(String.valueOf(ROWS - 1));
        }
    }

    @Test
    void widestTableIsRead() {
        int columns = mostColumns();
        tested.create(new SampleTable(
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
        tested.create(plain(1));
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
        tested.create(sample);
        tested.insert(
                new SampleTable(table, sample.columns(), sample.key(), List.of(List.of("4711", "x".repeat(5000)))));
        Source source = source();
        TableDescription described = describe(source, table);

        GodwitException refused = catchThrowableOfType(
                GodwitException.class,
                () -> source.read(
                        ReadRows.request(described, described.columns(), 2000), (bytes, offset, length) -> {}));

        assertThat(refused.code()).isEqualTo(ErrorCode.ROW_TOO_LARGE);
        assertThat(refused).hasMessageContaining(table.name()).hasMessageContaining(tested.found(5, "4711"));
        assertThat(refused.getMessage()).doesNotContain("xxx");
    }

    @Test
    void whatTheConsumerThrowsEndsTheReadingAndTheSourceGoesOn() {
        tested.create(plain(ROWS));
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
    void snapshotWhoseHolderEndedIsLost() {
        if (!snapshotsAreHeld()) {
            return;
        }
        tested.create(plain(1));
        Source holder = source();
        String snapshot = holder.holdSnapshot();
        Source source = source();
        TableDescription described = describe(source, table);
        ReadRequest request = new ReadRequest(
                described, described.columns(), null, new Split.Whole(null), snapshot, ReadRows.MAX_ROW_BYTES, null);

        holder.close();

        // A server may notice a moment later that the holder is gone.
        Throwable lost = null;
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (lost == null && System.nanoTime() < deadline) {
            lost = catchThrowable(() -> source.read(request, (bytes, offset, length) -> {}));
        }
        assertThat(lost)
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.SOURCE_SNAPSHOT_LOST));
        assertThat(ReadRows.whole(source, described, null)).hasSize(1);
    }

    @Test
    void previewTellsNullFromEmpty() {
        tested.create(new SampleTable(
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
        tested.create(plain(12));
        Source source = source();
        if (!tested.isDatabase()) {
            assertThat(codeOf(() -> source.highWater(new HighWaterQuestion(tested.connection(), table, "id", null))))
                    .isEqualTo(ErrorCode.NOT_SUPPORTED);
            return;
        }

        assertThat(source.highWater(new HighWaterQuestion(tested.connection(), table, "id", null)))
                .isEqualTo("11");
        assertThat(source.highWater(new HighWaterQuestion(tested.connection(), table, "id", "id < 5")))
                .isEqualTo("4");
        assertThat(source.highWater(new HighWaterQuestion(tested.connection(), table, "id", "id < 0")))
                .isNull();
    }

    @Test
    void tableThatIsNotThereIsLeftOutOfDescriptionsAndSaidSoWhenRead() {
        tested.create(plain(1));
        Source source = source();
        TableDescription described = describe(source, table);
        TableDescription vanished = new TableDescription(
                tested.tableName("vanished"),
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
        assertThat(source.databases()).contains(tested.connection().database());
    }

    @Test
    void sourceThatDoesNotAnswerIsUnreachable() {
        Connection nobody = tested.connection();
        if (nobody.host() == null) {
            return; // this machine
        }
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

        try (Source source = tested.open(away)) {
            assertThat(codeOf(source::test)).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
        }
    }

    @Test
    void databaseThatIsNotThereRefusesTheLogin() {
        try (Source source = tested.open(tested.connection().withDatabase("no.such.database"))) {
            if (!tested.listsTables()) {
                assertThat(source.tables()).isNotEmpty();
                assertThat(source.describe(source.tables())).isEmpty();
                return;
            }
            assertThat(codeOf(source::tables)).isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        }
    }
}
