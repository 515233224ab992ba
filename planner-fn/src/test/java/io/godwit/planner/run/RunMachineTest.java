package io.godwit.planner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.run.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every signal in every state, against one table. */
class RunMachineTest {
    private static final List<RunSignal> SIGNALS = List.of(
            RunSignal.PLANNING_BEGUN,
            RunSignal.PLANNED,
            RunSignal.PAUSE,
            RunSignal.RESUME,
            RunSignal.CANCEL,
            RunSignal.FAIL,
            RunSignal.CLOSED,
            RunSignal.RETRY,
            RunSignal.ALL_WRITTEN,
            RunSignal.ALL_PUBLISHED);

    /** {@code .} ignored, {@code X} refused, else the state after; {@code !} means that it is failing there. */
    private static final String TABLE = """
            from            BEGUN     PLANNED  PAUSE   RESUME   CANCEL     FAIL         CLOSED  RETRY     WRITTEN     PUBLISHED
            REQUESTED       PLANNING  .        X       X        CANCELLED  FAILED       .       X         .           .
            PLANNING        .         RUNNING  X       X        CANCELLED  FAILED       .       .         .           .
            RUNNING         .         .        PAUSED  .        CANCELLED  RUNNING!     .       .         PUBLISHING  COMPLETED
            PAUSED          .         .        .       RUNNING  CANCELLED  PAUSED!      .       X         .           .
            PUBLISHING      .         .        X       X        X          PUBLISHING!  .       X         .           COMPLETED
            COMPLETED       .         .        X       X        X          .            .       X         .           .
            FAILED          .         .        X       X        CANCELLED  .            .       RUNNING   .           .
            FAILED-UNPLANNED .        .        X       X        CANCELLED  .            .       PLANNING  .           .
            CANCELLED       .         .        X       X        .          .            .       X         .           .
            RUNNING!        .         .        X       X        CANCELLED  .            FAILED  X         .           .
            PAUSED!         .         .        X       X        CANCELLED  .            FAILED  X         .           .
            PUBLISHING!     .         .        X       X        X          .            FAILED  X         .           .
            """;

    @Test
    void everySignalDoesInEveryStateWhatTheTableSays() {
        Map<String, String> wrong = new HashMap<>();
        for (String line : TABLE.lines().skip(1).toList()) {
            String[] words = line.split(" +", -1);
            RunStatus from = statusOf(words[0]);
            for (int i = 0; i < SIGNALS.size(); i++) {
                String seen = show(RunMachine.on(from, SIGNALS.get(i)));
                if (!seen.equals(words[i + 1])) {
                    wrong.put(words[0] + " " + SIGNALS.get(i), seen);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void tableHasEveryStateAndEverySignal() {
        assertThat(SIGNALS).containsExactly(RunSignal.values());
        List<RunState> states = TABLE.lines()
                .skip(1)
                .map(line -> statusOf(line.split(" +", -1)[0]).state())
                .toList();
        assertThat(states).contains(RunState.values());
    }

    @Test
    void endedRunEndsOnce() {
        Stream.of(RunState.values())
                .filter(RunState::isEnded)
                .map(state -> new RunStatus(state, false, true))
                .forEach(ended -> assertThat(RunMachine.on(ended, RunSignal.ALL_PUBLISHED))
                        .isInstanceOf(RunStep.Ignored.class));
    }

    @Test
    void failedRunWithoutAPlanIsPlannedAnew() {
        List<RunState> after = new ArrayList<>();
        for (boolean planned : new boolean[] {true, false}) {
            if (RunMachine.on(new RunStatus(RunState.FAILED, false, planned), RunSignal.RETRY)
                    instanceof RunStep.Moved moved) {
                after.add(moved.to().state());
            }
        }
        assertThat(after).containsExactly(RunState.RUNNING, RunState.PLANNING);
    }

    private static RunStatus statusOf(String word) {
        boolean failing = word.endsWith("!");
        String name = word.replace("!", "").replace("-UNPLANNED", "");
        RunState state = RunState.valueOf(name);
        boolean planned = state != RunState.REQUESTED && state != RunState.PLANNING && !word.endsWith("-UNPLANNED");
        return new RunStatus(state, failing, planned);
    }

    private static String show(RunStep step) {
        if (step instanceof RunStep.Moved moved) {
            return moved.to().state() + (moved.to().failing() ? "!" : "");
        }
        return step instanceof RunStep.Refused ? "X" : ".";
    }
}
