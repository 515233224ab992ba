package io.godwit.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.exchange.Lane;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.plan.Formula;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Split;
import io.godwit.core.port.Probe;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.platform.kit.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SplitReaderTest {
    private static final Split ALL = new Split.Whole(null);

    @Test
    void announcedRowsAreThoseOfTheSplit() {
        SourceTable table = new SourceTable(5);
        Split middle = new Split.KeyRange(List.of("id"), List.of("2"), List.of("5"), null);

        RowsReady ready = read(table, middle);

        assertThat(table.announced(ready)).containsExactlyInAnyOrder("2=row 2", "3=row 3", "4=row 4");
        assertThat(ready.read().rows()).isEqualTo(3);
    }

    @Test
    void idsThatAreWidenedArriveWidened() {
        SourceTable table = new SourceTable(3, Scalar.INT8);

        assertThat(table.announced(read(table, ALL))).containsExactlyInAnyOrder("1=row 1", "2=row 2", "3=row 3");
    }

    @Test
    void columnsAreComputedAndRowsFilteredAsTheyAreRead() {
        SourceTable table = new SourceTable(
                4,
                new Origin.Computed(new Formula("upper(name) || '!'", List.of(SourceTable.NAME), Scalar.TEXT)),
                new Formula("id <> 2 and name <> 'row 3'", List.of(SourceTable.ID, SourceTable.NAME), Scalar.BOOL));

        RowsReady ready = read(table, ALL);

        assertThat(table.announced(ready)).containsExactlyInAnyOrder("1=ROW 1!", "4=ROW 4!");
        assertThat(ready.filtered()).isEqualTo(2);
        Tally compared = table.answers()
                .tallySource(new TallyRows(table.tablePlan(), null, 1))
                .buckets()
                .get(0);
        assertThat(compared.provesEqual(ready.read())).isTrue();
    }

    /** What the sink will be asked to keep travels among the rows, and counts as rows do. */
    @Test
    void rowsThatTheMappingCannotConvertAreAnnouncedWhereThePlanBearsThem() {
        SourceTable table = new SourceTable(4, noNumberAt3(), null).bearing(new Quarantine(1L, null));

        RowsReady ready = read(table, ALL);

        assertThat(table.announced(ready))
                .containsExactlyInAnyOrder("1=1", "2=2", "4=4", "ROW_NOT_CONVERTIBLE (id)=(3) SOURCE 3=row 3");
        assertThat(ready.read().rows()).isEqualTo(4);
        Tally compared = table.answers()
                .tallySource(new TallyRows(table.tablePlan(), null, 1))
                .buckets()
                .get(0);
        assertThat(compared.rows()).as("a deep comparison leaves them out").isEqualTo(3);
    }

    @Test
    void rowsThatTheMappingCannotConvertFailTheReadingOtherwise() {
        assertFailed(read(new SourceTable(4, noNumberAt3(), null)), ErrorCode.ROW_NOT_CONVERTIBLE);
    }

    @Test
    void moreRefusedRowsThanThePlanBearsEndTheReading() {
        Origin number = new Origin.Computed(
                new Formula("cast(cast(name as int4) as text)", List.of(SourceTable.NAME), Scalar.TEXT));
        SourceTable table = new SourceTable(100_000, number, null).bearing(new Quarantine(2L, null));

        Event reply = read(table);

        assertFailed(reply, ErrorCode.QUARANTINE_FULL);
        assertThat(((SubtaskFailed) reply).error().message())
                .contains("more than 2 rows; the first: (id)=(1): column name: ")
                .doesNotContain("row 1");
    }

    @Test
    void whatAPlanHidesIsNotSentInRowsThatAreRefused() {
        Origin hidden = new Origin.Computed(new Formula(
                "case when id = 3 then cast(cast(name as int4) as text) else hash(name) end",
                List.of(SourceTable.ID, SourceTable.NAME),
                Scalar.TEXT));
        SourceTable table = new SourceTable(4, hidden, null).bearing(new Quarantine(1L, null));

        assertThat(table.announced(read(table, ALL))).contains("ROW_NOT_CONVERTIBLE no key WITHHELD ");
    }

    private static Origin noNumberAt3() {
        return new Origin.Computed(new Formula(
                "case when id = 3 then cast(cast(name as int4) as text) else cast(id as text) end",
                List.of(SourceTable.ID, SourceTable.NAME),
                Scalar.TEXT));
    }

    private static Event read(SourceTable table) {
        return table.reader().read(table.event(ALL));
    }

    @Test
    void aKeyThatIsNoneFailsBeforeTheFirstRow() {
        Origin.Computed encrypted =
                new Origin.Computed(new Formula("encrypt(name, 'env:KEY')", List.of(SourceTable.NAME), Scalar.TEXT));
        SourceTable table = new SourceTable(1, encrypted, null);

        Event reply = table.reader().read(table.event(ALL));

        assertFailed(reply, ErrorCode.SECRET_NOT_FOUND);
        assertThat(((SubtaskFailed) reply).error().message()).contains("env:KEY holds is no key");
    }

    @Test
    void splitWithoutRowsIsAnnouncedWithoutBatches() {
        SourceTable table = new SourceTable(0);

        RowsReady ready = read(table, ALL);

        assertThat(ready.read()).isEqualTo(Tally.ZERO);
        assertThat(ready.range().batches()).isZero();
        assertThat(table.announced(ready)).isEmpty();
    }

    @Test
    void sameEventTwiceMakesTwoAttemptsOfTheSameRows() {
        SourceTable table = new SourceTable(100);

        RowsReady first = read(table, ALL);
        RowsReady second = read(table, ALL);

        assertThat(second.attempt()).isNotEqualTo(first.attempt());
        assertThat(second.read()).isEqualTo(first.read());
        assertThat(table.announced(first)).isEqualTo(table.announced(second));
    }

    @Test
    void readerThatDiesInTheMiddleIsFollowedByOneThatReadsAll() {
        SourceTable table = new SourceTable(50_000);
        SubtaskRead event = table.event(ALL);
        SplitReader dying = table.reader(TestServers.exchange().publisher(), (step, subtask) -> {
            if (step == Probe.Step.BATCH_SENT) {
                throw new Death();
            }
        });
        assertThatExceptionOfType(Death.class).isThrownBy(() -> dying.read(event));

        assertThat(table.announced(read(table, ALL))).hasSize(50_000).doesNotHaveDuplicates();
    }

    @Test
    void stepsAreReachedInTheirOrder() {
        SourceTable table = new SourceTable(10);
        List<Probe.Step> reached = new ArrayList<>();

        table.reader(TestServers.exchange().publisher(), (step, subtask) -> reached.add(step))
                .read(table.event(ALL));

        assertThat(reached)
                .containsExactly(Probe.Step.READ_STARTED, Probe.Step.BATCH_SENT, Probe.Step.ROWS_ACKNOWLEDGED);
    }

    @Test
    void tableThatVanishedIsReported() {
        SourceTable table = new SourceTable(1);
        table.sql("drop table " + table.name());

        assertFailed(table.reader().read(table.event(ALL)), ErrorCode.SOURCE_TABLE_NOT_FOUND);
    }

    @Test
    void rowAboveTheLimitIsReportedWithTableAndKey() {
        SourceTable table = new SourceTable(2);
        table.sql("insert into " + table.name() + " values (77, repeat('x', 2000000))");

        Event reply = table.reader().read(table.event(ALL));

        assertFailed(reply, ErrorCode.ROW_TOO_LARGE);
        assertThat(((SubtaskFailed) reply).error().message())
                .contains(table.name())
                .contains("77");
    }

    @Test
    void eventWhoseTablePlanIsGoneIsRefused() {
        SourceTable forgotten = new SourceTable(1);

        assertFailed(new SourceTable(1).reader().read(forgotten.event(ALL)), ErrorCode.NOT_FOUND);
    }

    /** No planner sends these. They are dead letters: a failure would end the run in whose name they come. */
    static Stream<Arguments> forgedEvents() {
        SourceTable table = new SourceTable(3);
        SourceTable other = new SourceTable(3);
        SubtaskRead event = table.event(ALL);
        TableName secrets = new TableName(null, "public", other.name());
        TableName quoted = new TableName(null, "public", table.name() + "\"; drop table " + table.name() + "; --");
        List<String> quotedColumn = List.of("id\" >= 0 or \"id");
        return Stream.of(
                Arguments.of(
                        "the plan of another run",
                        table,
                        new SubtaskRead(event.subtask(), other.tablePlan().id(), "default", ALL, event.lane(), 1)),
                Arguments.of("another table as a partition", table, table.event(new Split.Whole(secrets))),
                Arguments.of("a table's name with quotes", table, table.event(new Split.Whole(quoted))),
                Arguments.of("blocks of another table", table, table.event(new Split.Blocks(0, null, secrets))),
                Arguments.of(
                        "a column with quotes",
                        table,
                        table.event(new Split.KeyRange(quotedColumn, List.of("1"), null, null))),
                Arguments.of(
                        "a topic that is not for rows",
                        table,
                        new SubtaskRead(
                                event.subtask(), event.tablePlan(), "default", ALL, new Lane("payments", 0), 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgedEvents")
    void forgedEventIsRefusedAndNothingIsAnnounced(String what, SourceTable table, SubtaskRead forged) {
        List<Probe.Step> reached = new ArrayList<>();
        SplitReader reader = table.reader(TestServers.exchange().publisher(), (step, subtask) -> reached.add(step));

        assertThatThrownBy(() -> reader.read(forged))
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.EVENT_MALFORMED));
        assertThat(reached).doesNotContain(Probe.Step.BATCH_SENT, Probe.Step.ROWS_ACKNOWLEDGED);
        assertThat(table.announced(read(table, ALL))).hasSize(3);
    }

    /** A bound is a value, whatever is in it. */
    @Test
    void boundWithQuotesReadsNothingElse() {
        SourceTable table = new SourceTable(3);
        String bound = "1'; drop table " + table.name() + "; --";

        Event reply = table.reader().read(table.event(new Split.KeyRange(List.of("id"), List.of(bound), null, null)));

        assertFailed(reply, ErrorCode.SOURCE_REFUSED);
        assertThat(table.announced(read(table, ALL))).hasSize(3);
    }

    @Test
    void exchangeThatIsAwayIsNotReportedButTriedAgain() {
        SourceTable table = new SourceTable(1);
        SplitReader reader = table.reader(
                lane -> {
                    throw new GodwitException(ErrorCode.EXCHANGE_UNREACHABLE, "no broker", "");
                },
                Probe.NONE);

        assertThatThrownBy(() -> reader.read(table.event(ALL)))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.EXCHANGE_UNREACHABLE));
    }

    private static RowsReady read(SourceTable table, Split split) {
        Event reply = table.reader().read(table.event(split));
        assertThat(reply).isInstanceOf(RowsReady.class);
        return (RowsReady) reply;
    }

    private static void assertFailed(Event reply, ErrorCode code) {
        assertThat(reply).isInstanceOfSatisfying(SubtaskFailed.class, failed -> {
            assertThat(failed.error().code()).isEqualTo(code);
            assertThat(failed.phase()).isEqualTo(SubtaskFailed.Phase.READ);
        });
    }

    /** A process that ends between one effect and the next. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }
}
