package io.godwit.planner.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a moving run does next: which steps move, and what that says of the run. Asked again after any change; with
 * nothing changed it says nothing.
 *
 * @param moved steps that stand elsewhere now
 * @param allWritten no subtask of the run is left to write, and nothing is left to prepare
 * @param allPublished every step is published
 */
public record Progress(List<StepStatus> moved, boolean allWritten, boolean allPublished) {
    public Progress {
        moved = List.copyOf(moved);
    }

    /** What follows from the steps of a run, in the plan's order: each after those that it needs. */
    public static Progress of(List<StepStatus> steps) {
        List<StepStatus> after = new ArrayList<>();
        List<StepStatus> moved = new ArrayList<>();
        for (StepStatus step : steps) {
            StepStatus next = next(step, published(after));
            after.add(next);
            if (next.state() != step.state()) {
                moved.add(next);
            }
        }
        boolean allPublished = after.stream().allMatch(step -> step.state() == StepState.PUBLISHED);
        boolean allWritten = after.stream()
                .allMatch(step -> step.state() == StepState.PUBLISHED
                        || step.state() == StepState.PUBLISHING
                        || step.state() == StepState.VALIDATING);
        return new Progress(moved, allWritten, allPublished);
    }

    private static StepStatus next(StepStatus step, Set<String> published) {
        return switch (step.state()) {
            case WAITING -> {
                if (!published.containsAll(step.needs())) {
                    yield step;
                }
                // With no table there is no sink to ask anything of.
                yield step.in(step.tables() == 0 ? StepState.PUBLISHED : StepState.PREPARING);
            }
            case OPEN -> step.unwritten() == 0 ? step.in(StepState.PUBLISHING) : step;
            default -> step;
        };
    }

    private static Set<String> published(List<StepStatus> steps) {
        return steps.stream()
                .filter(step -> step.state() == StepState.PUBLISHED)
                .map(StepStatus::name)
                .collect(Collectors.toSet());
    }
}
