package io.godwit.planner.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskFailed.Phase;
import io.godwit.core.event.Fact;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.SubtaskState;
import io.godwit.core.run.Tally;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every event in every state, against one table. */
class SubtaskMachineTest {
    private static final SubtaskId ID = new SubtaskId("job.20261122T020000Z/copy/0000/000003");
    private static final Tally ROWS = new Tally(7, 700, new Digest(77));
    private static final Tally OTHER_ROWS = new Tally(8, 800, new Digest(88));
    private static final BatchRange RANGE = new BatchRange(new Lane("rows", 1), 10, 12, 3);
    private static final AttemptId MINE = new AttemptId("a1");
    private static final AttemptId EARLIER = new AttemptId("e1");
    private static final AttemptId NEW = new AttemptId("c1");
    private static final Random RANDOM = new Random(1);

    private final SubtaskMachine machine =
            new SubtaskMachine(3, new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), RANDOM));

    /** {@code .} stale, {@code ?} the ledger is asked, else the state after; {@code !} means that the run fails. */
    private static final String TABLE = """
            from      ready-new ready-mine ready-given-up written  written-other lapsed  read-again read-lost write-again write-lost read-refused write-refused write-closed write-stale read-long write-long told    told-other
            PENDING   READ      READ       .              WRITTEN! WRITTEN!      .       .          .         .           .          .            .             .            .           .         .          ?       ?
            READING   READ      READ       .              WRITTEN! WRITTEN!      PENDING PENDING    PENDING   .           .          FAILED!      .             .            .           SPLITTING .          ?       ?
            READ      .         .          .              WRITTEN  WRITTEN!      .       .          .         .           .          .            .             .            .           .         .          WRITTEN ?
            WRITING   .         .          .              WRITTEN  WRITTEN!      READ    .          .         READ        PENDING    .            FAILED!       ?            .           .         SPLITTING  WRITTEN ?
            SPLITTING .         .          .              WRITTEN! WRITTEN!      .       .          .         .           .          .            .             .            .           .         .          ?       ?
            WRITTEN   .         .          .              .        .             .       .          .         .           .          .            .             .            .           .         .          .       .
            VOID      .         .          .              .        .             .       .          .         .           .          .            .             .            .           .         .          .       .
            FAILED    .         .          .              WRITTEN  WRITTEN!      .       .          .         .           .          .            .             .            .           .         .          WRITTEN ?
            """;

    @Test
    void everyEventDoesInEveryStateWhatTheTableSays() {
        String[] columns = TABLE.lines().findFirst().orElseThrow().split(" +", -1);
        Map<String, String> wrong = new TreeMap<>();
        for (String line : TABLE.lines().skip(1).toList()) {
            String[] words = line.split(" +", -1);
            for (int i = 1; i < columns.length; i++) {
                String seen = show(eventOf(columns[i]).apply(in(SubtaskState.valueOf(words[0]))));
                if (!seen.equals(words[i])) {
                    wrong.put(words[0] + " " + columns[i], seen + " instead of " + words[i]);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void tableHasEveryState() {
        assertThat(TABLE.lines().skip(1).map(line -> SubtaskState.valueOf(line.split(" +", -1)[0])))
                .containsExactlyInAnyOrder(SubtaskState.values());
    }

    @Test
    void attemptThatWasGivenUpIsProvedByWhatItHadRead() {
        Subtask lost = lost(in(SubtaskState.WRITING));
        assertThat(lost.announced()).isNull();

        Outcome outcome = machine.written(lost, new LedgerHolds(MINE, ROWS, Tally.ZERO), 5);

        assertThat(show(outcome)).isEqualTo("WRITTEN");
    }

    @Test
    void whatWasFilteredIsOnRecord() {
        Outcome outcome = machine.rowsReady(in(SubtaskState.READING), new RowsReady(ID, NEW, RANGE, ROWS, 1, 5));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Changed.class,
                        changed -> assertThat(changed.fact()).isEqualTo(new Fact.SubtaskWasRead(ID, NEW, ROWS, 1, 5)));
    }

    @Test
    void announcementOfLostRowsIsNotTakenTwice() {
        Subtask lost = lost(in(SubtaskState.WRITING));

        assertThat(machine.rowsReady(lost, new RowsReady(ID, MINE, RANGE, ROWS, 1)))
                .isInstanceOf(Outcome.Stale.class);
    }

    @Test
    void announcementOfASubtaskThatNobodyWasToldToReadIsNotTaken() {
        assertThat(machine.rowsReady(Subtask.fresh(ID), new RowsReady(ID, NEW, RANGE, ROWS, 1)))
                .isInstanceOf(Outcome.Stale.class);
    }

    @Test
    void writtenIsNotTakenOfASubtaskThatNobodyWasToldToWrite() {
        LedgerHolds row = new LedgerHolds(NEW, ROWS, Tally.ZERO);

        assertThat(machine.toldWritten(Subtask.fresh(ID), row, 1)).isInstanceOf(Outcome.Stale.class);
    }

    @Test
    void knownAttemptWithOtherRowsIsAskedOfTheLedger() {
        LedgerHolds row = new LedgerHolds(MINE, OTHER_ROWS, Tally.ZERO);

        assertThat(machine.toldWritten(in(SubtaskState.WRITING), row, 1))
                .isInstanceOfSatisfying(
                        Outcome.AsksLedger.class,
                        asks -> assertThat(asks.error().code()).isEqualTo(ErrorCode.ROWS_DIFFER));
    }

    @Test
    void failureOfAnotherAttemptThanTheOneBeingWrittenIsStale() {
        ErrorInfo error = new ErrorInfo(ErrorCode.ROW_REFUSED, "what happened", "do this");

        assertThat(machine.failed(in(SubtaskState.WRITING), new SubtaskFailed(ID, Phase.WRITE, EARLIER, 1, error)))
                .isInstanceOf(Outcome.Stale.class);
    }

    @Test
    void quarantinedRowsCountAsTaken() {
        Tally quarantined = new Tally(2, 200, new Digest(7));
        Tally written = new Tally(5, 500, new Digest(70));

        assertThat(show(machine.written(in(SubtaskState.WRITING), new LedgerHolds(MINE, written, quarantined), 5)))
                .isEqualTo("WRITTEN");
    }

    @Test
    void equalNumbersWithAnotherDigestFailTheRun() {
        Tally altered = new Tally(ROWS.rows(), ROWS.bytes(), new Digest(78));

        Outcome outcome = machine.written(in(SubtaskState.WRITING), new LedgerHolds(MINE, altered, Tally.ZERO), 5);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.FailsRun.class,
                        fails -> assertThat(fails.error().code()).isEqualTo(ErrorCode.ROWS_DIFFER));
    }

    @ParameterizedTest
    @EnumSource(
            value = SubtaskState.class,
            names = {"READING", "WRITING"})
    void lastAttemptFailsTheRunWithTheLastError(SubtaskState state) {
        Subtask subtask = in(state);
        Phase phase = state == SubtaskState.READING ? Phase.READ : Phase.WRITE;
        Outcome outcome = new Outcome.Stale("");
        for (int i = 0; i < 3; i++) {
            outcome = machine.failed(subtask, failed(phase, dispatchOf(subtask, phase), ErrorCode.SINK_UNREACHABLE));
            if (outcome instanceof Outcome.Changed changed) {
                subtask = changed.next().in(state);
            }
        }
        assertThat(outcome).isInstanceOfSatisfying(Outcome.FailsRun.class, fails -> {
            assertThat(fails.error().code()).isEqualTo(ErrorCode.ATTEMPTS_EXHAUSTED);
            assertThat(fails.error().message()).contains("3 times").contains("what happened");
            assertThat(fails.next().state()).isEqualTo(SubtaskState.FAILED);
        });
    }

    @Test
    void transientFailureBacksOffAndALapsedLeaseDoesNot() {
        Subtask reading = in(SubtaskState.READING);

        assertThat(delayOf(machine.failed(reading, failed(Phase.READ, 1, ErrorCode.SOURCE_UNREACHABLE))))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(delayOf(machine.leaseLapsed(reading))).isZero();
    }

    private Function<Subtask, Outcome> eventOf(String name) {
        return switch (name) {
            case "ready-new" -> s -> machine.rowsReady(s, new RowsReady(ID, NEW, RANGE, ROWS, 1));
            case "ready-mine" -> s -> machine.rowsReady(s, new RowsReady(ID, MINE, RANGE, ROWS, 1));
            case "ready-given-up" -> s -> machine.rowsReady(s, new RowsReady(ID, EARLIER, RANGE, ROWS, 1));
            case "written" -> s -> machine.written(s, new LedgerHolds(MINE, ROWS, Tally.ZERO), 1);
            case "written-other" -> s -> machine.written(s, new LedgerHolds(NEW, OTHER_ROWS, Tally.ZERO), 1);
            case "told" -> s -> machine.toldWritten(s, new LedgerHolds(MINE, ROWS, Tally.ZERO), 1);
            case "told-other" -> s -> machine.toldWritten(s, new LedgerHolds(NEW, OTHER_ROWS, Tally.ZERO), 1);
            case "lapsed" -> machine::leaseLapsed;
            case "read-again" -> s -> machine.failed(s, failed(Phase.READ, 1, ErrorCode.SOURCE_INTERRUPTED));
            case "read-lost" -> s -> machine.failed(s, failed(Phase.READ, 1, ErrorCode.EXCHANGE_RECORDS_LOST));
            case "write-again" -> s -> machine.failed(s, failed(Phase.WRITE, 1, ErrorCode.SINK_INTERRUPTED));
            case "write-lost" -> s -> machine.failed(s, failed(Phase.WRITE, 1, ErrorCode.EXCHANGE_RECORDS_LOST));
            case "read-refused" -> s -> machine.failed(s, failed(Phase.READ, 1, ErrorCode.ROW_TOO_LARGE));
            case "write-refused" -> s -> machine.failed(s, failed(Phase.WRITE, 1, ErrorCode.ROW_REFUSED));
            case "write-closed" -> s -> machine.failed(s, failed(Phase.WRITE, 1, ErrorCode.RUN_CLOSED));
            case "read-long" -> s -> machine.failed(s, failed(Phase.READ, 1, ErrorCode.SUBTASK_TOO_LARGE));
            case "write-long" -> s -> machine.failed(s, failed(Phase.WRITE, 1, ErrorCode.SUBTASK_TOO_LARGE));
            case "write-stale" -> s -> machine.failed(s, failed(Phase.WRITE, 9, ErrorCode.ROW_REFUSED));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Subtask in(SubtaskState state) {
        boolean announced = state == SubtaskState.READ
                || state == SubtaskState.WRITING
                || state == SubtaskState.WRITTEN
                || state == SubtaskState.FAILED;
        return new Subtask(
                ID,
                state,
                1,
                1,
                0,
                announced ? new Announced(MINE, RANGE, ROWS) : null,
                Map.of(EARLIER, OTHER_ROWS),
                state == SubtaskState.WRITTEN ? new LedgerHolds(MINE, ROWS, Tally.ZERO) : null);
    }

    private Subtask lost(Subtask writing) {
        Outcome outcome = machine.failed(writing, failed(Phase.WRITE, 1, ErrorCode.EXCHANGE_RECORDS_LOST));
        return ((Outcome.Changed) outcome).next();
    }

    private static SubtaskFailed failed(Phase phase, int dispatch, ErrorCode code) {
        return new SubtaskFailed(
                ID,
                phase,
                phase == Phase.WRITE ? MINE : null,
                dispatch,
                new ErrorInfo(code, "what happened", "do this"));
    }

    private static int dispatchOf(Subtask subtask, Phase phase) {
        return phase == Phase.READ ? subtask.reads() : subtask.writes();
    }

    private static Duration delayOf(Outcome outcome) {
        return ((Outcome.Changed) outcome).delay();
    }

    private static String show(Outcome outcome) {
        if (outcome instanceof Outcome.Changed changed) {
            return changed.next().state().toString();
        }
        if (outcome instanceof Outcome.FailsRun fails) {
            return fails.next().state() + "!";
        }
        if (outcome instanceof Outcome.TooLarge tooLarge) {
            return tooLarge.next().state().toString();
        }
        return outcome instanceof Outcome.AsksLedger ? "?" : ".";
    }
}
