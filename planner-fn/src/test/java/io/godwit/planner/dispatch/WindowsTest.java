package io.godwit.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.SubtaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final long MIB = 1 << 20;
    private static final Pool POOL = new Pool("default", "rows", 8, 1, 1000 * MIB);

    @Test
    void sourceIsReadAtMostAsOftenAtOnceAsItBearsOverAllRuns() {
        Windows windows = windows(List.of(underWay("a", SubtaskState.READING, 0)));

        assertThat(takeAll(windows, route("b", 3, 8))).hasSize(2);
    }

    @Test
    void runHasAtMostItsConcurrency() {
        assertThat(takeAll(windows(List.of()), route("a", 100, 5))).hasSize(5);
    }

    @Test
    void everyReaderHasALaneOfItsOwn() {
        Windows windows = windows(List.of(underWay("b", SubtaskState.READING, 2, 5)));

        List<Place> places = takeAll(windows, route("a", 100, 100));

        assertThat(places.stream().map(place -> place.lane().partition()).toList())
                .containsExactlyInAnyOrder(0, 1, 3, 4, 6, 7);
    }

    @Test
    void laneIsFreeAgainOnceItsReaderIsDone() {
        Windows windows = windows(List.of(underWay("b", SubtaskState.READ, 0), underWay("b", SubtaskState.WRITING, 1)));

        assertThat(takeAll(windows, route("a", 100, 100))).hasSize(8);
    }

    @Test
    void subtaskThatBacksOffKeepsItsPlaceButNoLane() {
        UnderWay four = new UnderWay(
                route("a", 4, 100), "default", SubtaskState.PENDING, true, true, 4, 4 * MIB, 0, 0, List.of());
        List<UnderWay> backingOff = List.of(four);

        assertThat(takeAll(windows(backingOff), route("a", 4, 100))).isEmpty();
        assertThat(takeAll(windows(backingOff), route("a", 5, 100))).hasSize(1);
    }

    @Test
    void bytesReadAndNotWrittenStayWithinTheRunsCredit() {
        Windows windows = new Windows(
                List.of(POOL), 100 * MIB, List.of(ofBytes("a", SubtaskState.READ, 60 * MIB, 0)), new Random(1));

        assertThat(windows.takeRead(route("a", 9, 9), 30 * MIB)).isPresent();
        assertThat(windows.takeRead(route("a", 9, 9), 30 * MIB)).isEmpty();
        assertThat(windows.takeRead(route("b", 9, 9), 30 * MIB)).isPresent();
    }

    @Test
    void bytesReadAndNotWrittenStayWithinThePoolsCredit() {
        Pool small = new Pool("default", "rows", 8, 1, 100 * MIB);
        Windows windows = new Windows(List.of(small), 1000 * MIB, List.of(), new Random(1));

        assertThat(windows.takeRead(route("a", 9, 9), 70 * MIB)).isPresent();
        assertThat(windows.takeRead(route("b", 9, 9), 70 * MIB)).isEmpty();
    }

    @Test
    void oneSubtaskLargerThanAllCreditGoesThroughAlone() {
        Windows windows = new Windows(List.of(POOL), 10 * MIB, List.of(), new Random(1));

        assertThat(windows.takeRead(route("a", 9, 9), 5000 * MIB)).isPresent();
        assertThat(windows.takeRead(route("a", 9, 9), 1)).isEmpty();
    }

    @Test
    void creditBoundsTheNumberOfTinySubtasksToo() {
        Windows windows = new Windows(List.of(POOL), 3 * MIB, List.of(), new Random(1));
        List<Place> places = new ArrayList<>();
        Optional<Place> place = windows.takeRead(route("a", 9, 9), 10);
        while (place.isPresent()) {
            places.add(place.get());
            place = windows.takeRead(route("a", 9, 9), 10);
        }
        assertThat(places).hasSize(3);
    }

    @Test
    void sinkIsWrittenAtMostAsOftenAtOnceAsItBears() {
        Windows windows = windows(List.of(
                underWay("a", SubtaskState.READ, 0),
                underWay("b", SubtaskState.READ, 1),
                underWay("a", SubtaskState.WRITING, 2)));
        Waiting waiting = new Waiting(id("a"), route("a", 9, 9), "default", MIB, 1, 0);

        assertThat(windows.roomToWrite(underWay("a", SubtaskState.READ, 0, 1, 2)))
                .isEqualTo(1);
        assertThat(windows.takeWrite(waiting)).isTrue();
        assertThat(windows.takeWrite(waiting)).isFalse();
    }

    @Test
    void roomIsNoLargerThanLanesAndCreditLeave() {
        Pool small = new Pool("default", "rows", 8, 1, 4 * MIB);

        assertThat(windows(List.of(underWay("b", SubtaskState.READING, 0, 1))).room(route("a", 100, 100)))
                .isEqualTo(6);
        assertThat(new Windows(List.of(small), 100 * MIB, List.of(underWay("b", SubtaskState.READ, 0)), new Random(1))
                        .room(route("a", 100, 100)))
                .isEqualTo(3);
        assertThat(new Windows(List.of(POOL), 1, List.of(), new Random(1)).room(route("a", 100, 100)))
                .isEqualTo(1);
    }

    @Test
    void subtasksSpreadOverPoolsByWeight() {
        List<Pool> pools =
                List.of(new Pool("a", "a", 9000, 3, Long.MAX_VALUE), new Pool("b", "b", 9000, 1, Long.MAX_VALUE));
        Windows windows = new Windows(pools, Long.MAX_VALUE, List.of(), new Random(7));
        Route route = new Route(
                StepId.of(new RunId("a.20261122T020000Z"), "copy"),
                "shop",
                "warehouse",
                List.of("a", "b", "elsewhere"),
                4000,
                2,
                4000);
        Map<String, Integer> share = new HashMap<>();
        takeAll(windows, route).forEach(place -> share.merge(place.pool(), 1, Integer::sum));

        assertThat(share.get("a")).isBetween(2900, 3100);
        assertThat(share.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(4000);
    }

    @Test
    void routeThroughPoolsThatAreNotThereGetsNothing() {
        Route route = new Route(
                StepId.of(new RunId("a.20261122T020000Z"), "copy"), "shop", "warehouse", List.of("gone"), 9, 2, 9);

        assertThat(windows(List.of()).takeRead(route, 1)).isEmpty();
    }

    @Test
    void noSequenceOfTakingsExceedsAnyWindow() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            Windows windows = windows(List.of());
            Set<Place> places = new HashSet<>();
            Map<String, Integer> perRun = new HashMap<>();
            for (int i = 0; i < 50; i++) {
                String run = "abc".substring(random.nextInt(3)).substring(0, 1);
                windows.takeRead(route(run, 7, 3), random.nextLong(20 * MIB)).ifPresent(place -> {
                    assertThat(places.add(place)).isTrue();
                    perRun.merge(run, 1, Integer::sum);
                });
            }
            assertThat(places).hasSizeLessThanOrEqualTo(7);
            assertThat(perRun.values()).allMatch(count -> count <= 3);
        }
    }

    private static Windows windows(List<UnderWay> underWay) {
        return new Windows(List.of(POOL), 1000 * MIB, underWay, new Random(1));
    }

    private static List<Place> takeAll(Windows windows, Route route) {
        List<Place> places = new ArrayList<>();
        Optional<Place> place = windows.takeRead(route, MIB);
        while (place.isPresent()) {
            places.add(place.get());
            place = windows.takeRead(route, MIB);
        }
        return places;
    }

    private static Route route(String run, int maxReads, int concurrency) {
        return new Route(
                StepId.of(new RunId(run + ".20261122T020000Z"), "copy"),
                "shop",
                "warehouse",
                List.of("default"),
                maxReads,
                2,
                concurrency);
    }

    /** As many subtasks as lanes, of a MiB each. */
    private static UnderWay underWay(String run, SubtaskState state, Integer... lanes) {
        return ofBytes(run, state, lanes.length * MIB, lanes);
    }

    private static UnderWay ofBytes(String run, SubtaskState state, long bytes, Integer... lanes) {
        List<Integer> filled = state == SubtaskState.READING ? List.of(lanes) : List.of();
        return new UnderWay(route(run, 100, 100), "default", state, false, true, lanes.length, bytes, bytes, 0, filled);
    }

    private static SubtaskId id(String run) {
        return SubtaskId.of(StepId.of(new RunId(run + ".20261122T020000Z"), "copy"), 0, 0);
    }
}
