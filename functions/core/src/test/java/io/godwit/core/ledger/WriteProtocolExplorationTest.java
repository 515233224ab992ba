package io.godwit.core.ledger;

import static io.godwit.core.ledger.Invariant.COMPLETED_HAS_EVERY_SUBTASK;
import static io.godwit.core.ledger.Invariant.NOTHING_CHANGES_UNLESS_OPEN;
import static io.godwit.core.ledger.Invariant.REPORTED_IS_WRITTEN;
import static io.godwit.core.ledger.Invariant.ROWS_NOT_AT_ALL_OR_ONCE_AS_READ;
import static io.godwit.core.ledger.Invariant.VOIDED_ROWS_NEVER_APPEAR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every state of small worlds. Their numbers are asserted, so that a world cannot shrink without anybody noticing. */
class WriteProtocolExplorationTest {
    private static final Set<Invariant> ALL = EnumSet.allOf(Invariant.class);

    /** The damage that each wrong protocol does, beyond what its own books say. */
    private static final Map<Variant, Invariant> DAMAGE = new EnumMap<>(Map.ofEntries(
            Map.entry(Variant.NO_LEDGER, ROWS_NOT_AT_ALL_OR_ONCE_AS_READ),
            Map.entry(Variant.LEDGER_COMMITTED_BEFORE, COMPLETED_HAS_EVERY_SUBTASK),
            Map.entry(Variant.LEDGER_COMMITTED_AFTER, ROWS_NOT_AT_ALL_OR_ONCE_AS_READ),
            Map.entry(Variant.LEDGER_LOOKED_UP, ROWS_NOT_AT_ALL_OR_ONCE_AS_READ),
            Map.entry(Variant.NO_RUN_ROW, NOTHING_CHANGES_UNLESS_OPEN),
            Map.entry(Variant.RUN_ROW_NOT_LOCKED, NOTHING_CHANGES_UNLESS_OPEN),
            Map.entry(Variant.NO_DIGEST, ROWS_NOT_AT_ALL_OR_ONCE_AS_READ),
            Map.entry(Variant.NO_PROOF, ROWS_NOT_AT_ALL_OR_ONCE_AS_READ),
            Map.entry(Variant.REPORT_BEFORE_COMMIT, REPORTED_IS_WRITTEN),
            Map.entry(Variant.PUBLISHED_UNCOUNTED, COMPLETED_HAS_EVERY_SUBTASK),
            Map.entry(Variant.VOID_OVERWRITES, VOIDED_ROWS_NEVER_APPEAR)));

    @Test
    void oneSubtaskReadTwiceAndGivenToThreeWritersIsWrittenOnce() {
        assertThat(explored(1, 2, 3)).isBetween(50_000, 56_000);
    }

    @Test
    void twoSubtasksOfOneRunAreEachWrittenOnce() {
        assertThat(explored(2, 1, 2)).isBetween(110_000, 122_000);
    }

    @Test
    void fromEveryStateTheRunCanStillComplete() {
        ProtocolModel model = new ProtocolModel(Variant.FAITHFUL);
        Exploration exploration = Exploration.of(World.initial(1, 2, 1), model::moves, ALL);

        assertThat(exploration.statesWithNoWayTo(World::completed, model::moves))
                .isZero();
    }

    @Test
    void everyStepIsSeenToSucceedAndToFail() {
        ProtocolModel model = new ProtocolModel(Variant.FAITHFUL);
        Exploration.of(World.initial(1, 1, 2), model::moves, ALL);

        assertThat(model.seen())
                .containsExactly(
                        "Begin Done",
                        "Begin Failed",
                        "CLOSE",
                        "CLOSE_WITHOUT_VOIDS",
                        "Claim Failed",
                        "Claim LedgerHolds",
                        "Commit Done",
                        "Commit Failed",
                        "Find Failed",
                        "Find LedgerHolds",
                        "Finish Failed",
                        "Finish Finished",
                        "LockRun Failed",
                        "LockRun RunStands",
                        "PREPARE",
                        "PREPARE RUN_CLOSED",
                        "PUBLISH",
                        "PUBLISH LEDGER_INCOMPLETE",
                        "PUBLISH RUN_CLOSED",
                        "PUBLISH RUN_NOT_PREPARED",
                        "REOPEN",
                        "RollBack Done",
                        "Stream Failed",
                        "Stream Streamed",
                        "report EXCHANGE_RECORDS_LOST",
                        "report ROW_REFUSED",
                        "report RUN_CLOSED",
                        "report RUN_NOT_PREPARED",
                        "report SUBTASK_VOID",
                        "report again",
                        "report found written",
                        "report written");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAITHFUL")
    void everyWrongProtocolIsCaughtDoingDamage(Variant wrong) {
        Invariant expected = DAMAGE.get(wrong);
        ProtocolModel model = new ProtocolModel(wrong);

        Exploration exploration = Exploration.of(World.initial(1, 2, 2), model::moves, EnumSet.of(expected));

        Exploration.Violation violation = exploration.violation();
        assertThat(violation).as("%s breaks %s", wrong, expected).isNotNull();
        assertThat(violation.trace()).startsWith("at first");
    }

    /** The number of states, in all of which all invariants hold. */
    private static int explored(int subtasks, int attempts, int writers) {
        ProtocolModel model = new ProtocolModel(Variant.FAITHFUL);
        Exploration exploration = Exploration.of(World.initial(subtasks, attempts, writers), model::moves, ALL);
        assertThat(exploration.violation()).isNull();
        return exploration.states();
    }
}
