package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Fact;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.plan.Split;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.planner.store.SubtaskSets;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run under a broker that doubles, drops, delays and reorders events, functions that are silent for longer than their
 * leases and go on, sinks and sources that break off, and an exchange that loses records. Whatever happens, the ledger
 * holds every subtask once with its rows, and the run is COMPLETED; or the run is FAILED and says why.
 */
class SubtaskModelTest {
    private static final int SUBTASKS = 25;
    private static final int MOST_TURNS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everySubtaskIsWrittenOnceHoweverEventsArrive(long seed) {
        try (PlannerFixture planner = fixture()) {
            RunId run = start(planner, "chaos");
            Random random = new Random(seed);

            live(planner, run, random, Mishaps.PASSING);

            assertThat(planner.stateOf(run))
                    .as("seed %d: %s", seed, planner.run(run).error())
                    .isEqualTo(RunState.COMPLETED);
            assertWrittenOnce(planner, run);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void runThatFailsAndIsRetriedEndsWithEverySubtaskWrittenOnce(long seed) {
        try (PlannerFixture planner = fixture()) {
            RunId run = start(planner, "retried");
            Random random = new Random(seed);

            for (int round = 0; round < 50 && planner.stateOf(run) != RunState.COMPLETED; round++) {
                live(planner, run, random, new Mishaps(15, 0));
                if (planner.stateOf(run) == RunState.FAILED) {
                    assertThat(planner.run(run).error()).isNotNull();
                    planner.planner.controls().control(run, Action.RETRY);
                }
            }

            assertThat(planner.stateOf(run)).as("seed %d", seed).isEqualTo(RunState.COMPLETED);
            assertWrittenOnce(planner, run);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void partsOfWhatWasTooLargeAreWrittenOnceInItsPlace(long seed) {
        try (PlannerFixture planner = fixture()) {
            RunId run = start(planner, "parted");
            Random random = new Random(seed);

            for (int round = 0; round < 50 && planner.stateOf(run) != RunState.COMPLETED; round++) {
                live(planner, run, random, new Mishaps(4, 15));
                if (planner.stateOf(run) == RunState.FAILED) {
                    planner.planner.controls().control(run, Action.RETRY);
                }
            }

            assertThat(planner.stateOf(run)).as("seed %d", seed).isEqualTo(RunState.COMPLETED);
            assertRangesMeet(planner, StepId.of(run, "copy"), SUBTASKS);
            assertFactsAgree(planner, run);
        }
    }

    @Test
    void cancelledRunWritesNothingMore() {
        for (long seed = 21; seed < 25; seed++) {
            try (PlannerFixture planner = fixture()) {
                RunId run = start(planner, "cancelled");
                Random random = new Random(seed);
                for (int turn = 0; turn < 60; turn++) {
                    turn(planner, random, Mishaps.PASSING);
                }
                planner.planner.controls().control(run, Action.CANCEL);
                planner.workDuties();
                long written = written(planner);
                for (int turn = 0; turn < 300; turn++) {
                    turn(planner, random, Mishaps.PASSING);
                }

                assertThat(planner.stateOf(run)).isEqualTo(RunState.CANCELLED);
                assertThat(written(planner)).as("seed %d", seed).isEqualTo(written);
            }
        }
    }

    static PlannerFixture fixture() {
        return new PlannerFixture(100);
    }

    private static RunId start(PlannerFixture planner, String job) {
        planner.readers.splitsByTable.put("orders", SUBTASKS);
        planner.apply(PlannerFixture.job(job, "orders"));
        RunId run = planner.start(job);
        planner.workDuties();
        return run;
    }

    /** Of a hundred writes, and of a hundred readings and writes, how many more end badly than what passes. */
    record Mishaps(int refusals, int tooLarge) {
        static final Mishaps PASSING = new Mishaps(0, 0);
    }

    static void live(PlannerFixture planner, RunId run, Random random, Mishaps mishaps) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            turn(planner, random, mishaps);
            if (planner.world.events.isEmpty() && planner.stateOf(run).isEnded()) {
                return;
            }
        }
    }

    static void turn(PlannerFixture planner, Random random, Mishaps mishaps) {
        List<Event> events = planner.world.events;
        if (random.nextInt(25) == 0) {
            planner.sql(
                    "update planner.subtask set lease_until = now() where lease_until is not null and random() < 0.3");
            planner.sql("update planner.subtask set not_before = now() where not_before is not null");
            planner.sql("update planner.duty set not_before = now()");
            planner.planner.sweep().sweep();
            planner.workDuties();
        }
        if (events.isEmpty()) {
            planner.sql("update planner.subtask set lease_until = now() where lease_until is not null");
            planner.sql("update planner.subtask set not_before = now() where not_before is not null");
            planner.planner.sweep().sweep();
            planner.workDuties();
            return;
        }
        int chosen = random.nextInt(events.size());
        int fate = random.nextInt(100);
        if (fate < 8) {
            events.remove(chosen);
        } else if (fate < 20) {
            deliver(planner, random, events.get(chosen), mishaps);
        } else {
            deliver(planner, random, events.remove(chosen), mishaps);
        }
        planner.workDuties();
    }

    private static void deliver(PlannerFixture planner, Random random, Event event, Mishaps mishaps) {
        int mishap = random.nextInt(100);
        if (event instanceof SubtaskRead read && mishap < 10) {
            planner.world.publish(InMemoryWorld.failed(read, ErrorCode.SOURCE_INTERRUPTED));
        } else if (event instanceof SubtaskWrite write && mishap < 5) {
            planner.world.publish(InMemoryWorld.failed(write, ErrorCode.SINK_INTERRUPTED));
        } else if (event instanceof SubtaskWrite write && mishap < 10) {
            planner.world.publish(InMemoryWorld.failed(write, ErrorCode.EXCHANGE_RECORDS_LOST));
        } else if (event instanceof SubtaskWrite write && mishap < 15) {
            // It is written, and nobody is told.
            planner.world.write(write);
        } else if (event instanceof SubtaskWrite write && mishap < 15 + mishaps.refusals()) {
            planner.world.publish(InMemoryWorld.failed(write, ErrorCode.ROW_REFUSED));
        } else if (mishap >= 100 - mishaps.tooLarge()
                && event instanceof SubtaskRead read
                && isPlanned(read.subtask())) {
            planner.world.publish(InMemoryWorld.failed(read, ErrorCode.SUBTASK_TOO_LARGE));
        } else if (mishap >= 100 - mishaps.tooLarge()
                && event instanceof SubtaskWrite write
                && isPlanned(write.subtask())) {
            planner.world.publish(InMemoryWorld.failed(write, ErrorCode.SUBTASK_TOO_LARGE));
        } else {
            planner.deliver(event);
        }
    }

    private static void assertWrittenOnce(PlannerFixture planner, RunId run) {
        for (int split = 0; split < SUBTASKS; split++) {
            SubtaskId id = SubtaskId.of(StepId.of(run, "copy"), 0, split);
            LedgerRow row = planner.world.ledger.get(id);
            assertThat(row).as("%s", id).isNotNull();
            assertThat(row.written().provesEqual(InMemoryWorld.rowsOf(id))).isTrue();
        }
        assertFactsAgree(planner, run);
    }

    /** Parts of parts are left alone now and then: halves of halves of the memory's ranges are too narrow. */
    static boolean isPlanned(SubtaskId id) {
        return id.split() < SUBTASKS + 10;
    }

    /** What is in the ledger covers every key once. */
    static void assertRangesMeet(PlannerFixture planner, StepId step, int planned) {
        List<Split.KeyRange> ranges =
                planner
                        .store
                        .transact(session -> SubtaskSets.splits(session, planner.tablePlan(session, step)))
                        .stream()
                        .map(Split.KeyRange.class::cast)
                        .sorted(Comparator.comparing(range -> number(range.from(), "0")))
                        .toList();
        assertThat(ranges).hasSizeGreaterThan(planned);
        assertThat(ranges.get(0).from()).isNull();
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).from()).isEqualTo(ranges.get(i - 1).to());
        }
        assertThat(ranges.get(ranges.size() - 1).to()).isNull();
        assertThat(planner.world.ledgerOf(step)).hasSize(ranges.size());
    }

    private static BigDecimal number(@Nullable List<String> key, String otherwise) {
        return new BigDecimal(key == null ? otherwise : key.get(0));
    }

    static void assertFactsAgree(PlannerFixture planner, RunId run) {
        List<Fact.SubtaskWasWritten> facts = planner.factsOf(run).stream()
                .filter(Fact.SubtaskWasWritten.class::isInstance)
                .map(Fact.SubtaskWasWritten.class::cast)
                .toList();
        assertThat(facts).extracting(Fact.SubtaskWasWritten::subtask).doesNotHaveDuplicates();
        assertThat(facts.stream().map(Fact.SubtaskWasWritten::written).reduce(Tally.ZERO, Tally::plus))
                .isEqualTo(planner.world.ledger.values().stream()
                        .map(LedgerRow::written)
                        .reduce(Tally.ZERO, Tally::plus));
    }

    static long written(PlannerFixture planner) {
        return planner.world.ledger.values().stream()
                .filter(row -> !row.isVoid())
                .count();
    }
}
