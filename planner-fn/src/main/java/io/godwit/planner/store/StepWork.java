package io.godwit.planner.store;

import java.util.List;

/**
 * What a step's sink is asked to do.
 *
 * @param documents the ids of its table plans, in order
 */
public record StepWork(List<String> before, List<String> after, List<String> documents) {
    public StepWork {
        before = List.copyOf(before);
        after = List.copyOf(after);
        documents = List.copyOf(documents);
    }
}
