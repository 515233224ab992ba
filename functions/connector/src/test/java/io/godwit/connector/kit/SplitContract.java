package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable.SampleColumn;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.TableDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every source promises of its splits: each row of a table in exactly one of them, whatever its key. */
public abstract class SplitContract extends SourceKit {
    protected SplitContract(TestedSource tested) {
        super(tested);
    }

    /** Kinds of keys; a source that lacks a type leaves its kinds out. */
    protected List<SampleKey> keys() {
        return SampleKey.all();
    }

    /** Whether it takes conditions in its own language. */
    protected boolean takesConditions() {
        return true;
    }

    /** Whether it knows its rows by something besides a key's columns. */
    protected boolean splitsWithoutKey() {
        return false;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void splitsCoverEveryRowExactlyOnce(SampleKey key) {
        SampleTable sample = keyed(key).with(ROWS, i -> row(key, i));
        tested.create(sample);
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
        tested.create(keyed(key).with(ROWS, i -> row(key, 2 * i + 10)));
        Source source = source();
        TableDescription described = describe(source, table);
        List<PlannedSplit> splits = split(source, described, null).splits();

        tested.insert(keyed(key).with(ROWS / 2, i -> row(key, i < 10 ? i : 2 * i + 11)));

        List<String> rows = flat(ReadRows.each(source, described, null, splits, null));
        assertThat(rows)
                .hasSize(ROWS + ROWS / 2)
                .containsExactlyInAnyOrderElementsOf(ReadRows.whole(source, described, null));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void halvesOfHalvesCoverEveryRowExactlyOnce(SampleKey key) {
        tested.create(keyed(key).with(ROWS, i -> row(key, i)));
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
        tested.create(plain(1));
        Source source = source();

        PlannedSplit whole = new PlannedSplit(new Split.Whole(null), -1, -1);

        assertThat(splitAgain(source, describe(source, table), whole)).containsExactly(whole);
    }

    @Test
    void emptyTableIsOneSplitWithoutRows() {
        tested.create(plain(0));
        Source source = source();
        TableDescription described = describe(source, table);

        List<PlannedSplit> splits = split(source, described, null).splits();

        assertThat(splits).hasSize(1);
        assertThat(ReadRows.each(source, described, null, splits, null)).containsExactly(List.of());
    }

    @Test
    void singleRowIsOneSplit() {
        tested.create(plain(1));
        Source source = source();
        TableDescription described = describe(source, table);

        List<PlannedSplit> splits = split(source, described, null).splits();

        assertThat(splits).hasSize(1);
        assertThat(flat(ReadRows.each(source, described, null, splits, null))).hasSize(1);
    }

    @Test
    void tableSmallerThanASplitIsNotSplit() {
        tested.create(plain(100));
        Source source = source();

        SourceSplits splits = split(source, describe(source, table), null);

        assertThat(splits.splits())
                .singleElement()
                .satisfies(split -> assertThat(split.split()).isEqualTo(new Split.Whole(null)));
        assertThat(splits.reason()).contains("not split");
    }

    @Test
    void tableWithoutKeyIsOneSplitAndSaysWhy() {
        tested.create(new SampleTable(
                table, plain(0).columns(), List.of(), plain(ROWS).rows()));
        Source source = source();
        TableDescription described = describe(source, table);

        SourceSplits splits = split(source, described, null);

        if (splitsWithoutKey()) {
            assertThat(splits.splits()).hasSizeGreaterThan(2);
        } else {
            assertThat(splits.reason()).contains("no key");
        }
        assertThat(flat(ReadRows.each(source, described, null, splits.splits(), null)))
                .hasSize(ROWS);
    }

    @Test
    void conditionHoldsInEverySplit() {
        if (!conditionsAreTaken()) {
            return;
        }
        tested.create(plain(ROWS));
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
        if (!conditionsAreTaken()) {
            return;
        }
        tested.create(plain(ROWS));
        Source source = source();
        TableDescription described = describe(source, table);

        List<PlannedSplit> splits = split(source, described, "id < 0").splits();

        assertThat(flat(ReadRows.each(source, described, "id < 0", splits, null)))
                .isEmpty();
    }

    @Test
    void wrongConditionIsRefusedBeforeAnythingIsRead() {
        if (!conditionsAreTaken()) {
            return;
        }
        tested.create(plain(10));
        Source source = source();
        TableDescription described = describe(source, table);

        assertThat(codeOf(() -> split(source, described, "no_such_column = 1"))).isEqualTo(ErrorCode.SOURCE_REFUSED);
    }

    @Test
    void snapshotShowsItsMomentToOtherSessions() {
        if (!snapshotsAreHeld()) {
            return;
        }
        tested.create(plain(ROWS));
        Source holder = source();
        String snapshot = holder.holdSnapshot();
        tested.insert(new SampleTable(table, plain(0).columns(), List.of("id"), List.of(List.of("1000000", PAYLOAD))));
        Source source = source();
        TableDescription described = describe(source, table);

        SourceSplits splits =
                source.split(new SplitSource(tested.connection(), described, null, snapshot, SPLIT_BYTES));

        assertThat(flat(ReadRows.each(source, described, null, splits.splits(), snapshot)))
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
        assertThat(ReadRows.whole(source, described, null)).hasSize(ROWS + 1);
    }

    @Test
    void tableWithoutKeyIsSplitInsideASnapshot() {
        if (!snapshotsAreHeld()) {
            return;
        }
        tested.create(new SampleTable(
                table, plain(0).columns(), List.of(), plain(ROWS).rows()));
        Source source = source();
        String snapshot = source.holdSnapshot();
        TableDescription described = describe(source, table);

        SourceSplits splits =
                source.split(new SplitSource(tested.connection(), described, null, snapshot, SPLIT_BYTES));

        assertThat(splits.splits()).hasSizeGreaterThan(2);
        assertThat(flat(ReadRows.each(source, described, null, splits.splits(), snapshot)))
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
    }

    /** @return true; where there are none, false, once it was seen that they are refused */
    private boolean conditionsAreTaken() {
        if (!takesConditions()) {
            tested.create(plain(10));
            Source source = source();
            TableDescription described = describe(source, table);
            assertThat(codeOf(() -> split(source, described, "id < 10"))).isEqualTo(ErrorCode.NOT_SUPPORTED);
            assertThat(codeOf(() -> ReadRows.whole(source, described, "id < 10")))
                    .isEqualTo(ErrorCode.NOT_SUPPORTED);
        }
        return takesConditions();
    }

    private List<PlannedSplit> splitAgain(Source source, TableDescription described, PlannedSplit split) {
        return source.splitAgain(new SplitAgain(tested.connection(), described, null, null, split))
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
}
