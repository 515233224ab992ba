package io.godwit.planner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void stepWithoutNeedsIsPreparedAndTheOneThatNeedsItWaits() {
        Progress progress = Progress.of(List.of(step("a", StepState.WAITING, 3), step("b", StepState.WAITING, 3, "a")));

        assertThat(moves(progress)).containsExactly("a PREPARING");
        assertThat(progress.allWritten()).isFalse();
    }

    @Test
    void stepWhoseSubtasksAreWrittenIsPublished() {
        Progress progress = Progress.of(List.of(step("a", StepState.OPEN, 0), step("b", StepState.WAITING, 3, "a")));

        assertThat(moves(progress)).containsExactly("a PUBLISHING");
        assertThat(progress.allWritten()).isFalse();
    }

    @Test
    void publishedStepLetsAllThatNeedItBegin() {
        Progress progress = Progress.of(List.of(
                step("a", StepState.PUBLISHED, 0),
                step("b", StepState.WAITING, 3, "a"),
                step("c", StepState.WAITING, 3, "a"),
                step("d", StepState.WAITING, 3, "b", "c")));

        assertThat(moves(progress)).containsExactly("b PREPARING", "c PREPARING");
    }

    @Test
    void lastStepToBeWrittenMakesTheRunPublish() {
        Progress progress = Progress.of(List.of(step("a", StepState.PUBLISHED, 0), step("b", StepState.OPEN, 0, "a")));

        assertThat(progress.allWritten()).isTrue();
        assertThat(progress.allPublished()).isFalse();
    }

    @Test
    void runIsPublishedWhenEveryStepIs() {
        assertThat(Progress.of(List.of(step("a", StepState.PUBLISHED, 0))).allPublished())
                .isTrue();
    }

    @Test
    void stepWithoutTablesNeedsNoSink() {
        StepStatus empty = new StepStatus("a", List.of(), StepState.WAITING, false, 0, 0, 0);
        Progress progress = Progress.of(List.of(empty, step("b", StepState.WAITING, 1, "a")));

        assertThat(moves(progress)).containsExactly("a PUBLISHED", "b PREPARING");
    }

    @Test
    void nothingMovesTwice() {
        for (StepState state : StepState.values()) {
            Progress once = Progress.of(List.of(step("a", state, 1)));
            StepState after =
                    once.moved().isEmpty() ? state : once.moved().get(0).state();
            assertThat(Progress.of(List.of(step("a", after, 1))).moved()).isEmpty();
        }
    }

    private static StepStatus step(String name, StepState state, int unwritten, String... needs) {
        return new StepStatus(name, List.of(needs), state, false, 1, 3, unwritten);
    }

    private static List<String> moves(Progress progress) {
        return progress.moved().stream()
                .map(step -> step.name() + " " + step.state())
                .toList();
    }
}
