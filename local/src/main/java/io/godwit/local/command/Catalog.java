package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.Applied;
import org.jspecify.annotations.Nullable;

/** The catalog, brought up to date by commands that may name a file. */
final class Catalog {
    private Catalog() {}

    /** Applies a file; null: nothing to apply. */
    static void apply(Session session, @Nullable String file) {
        if (file != null) {
            session.api().post("/jobs", Inputs.jobFile(file), Applied.class);
        }
    }
}
