package io.godwit.connector.mongodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.run.AttemptId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.util.Locale;
import java.util.UUID;

/**
 * The collections in which documents wait until they are published. Names of collections are short, a step's is not:
 * its hash stands for it.
 */
final class Staging {
    private Staging() {}

    /** How the names of all collections of a step begin. */
    static String prefix(StepId step) {
        return MongoSession.OWN + hash(step) + ".";
    }

    /** For one writing of one attempt: two writers never write one collection, even of an attempt that came twice. */
    static String fresh(SubtaskId subtask, AttemptId attempt) {
        return prefix(subtask.step())
                + String.format(Locale.ROOT, "%04d-%06d.%s.", subtask.table(), subtask.split(), attempt)
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Where the documents of all subtasks into a target come together, to take the place of those there. */
    static String successor(StepId step, int table) {
        return prefix(step) + String.format(Locale.ROOT, "%04d.next", table);
    }

    /** How the {@code _id}s of a subtask's documents begin that have none of their own. */
    static String ids(SubtaskId subtask) {
        return String.format(Locale.ROOT, "%s.%d.%d.", hash(subtask.step()), subtask.table(), subtask.split());
    }

    private static String hash(StepId step) {
        return UUID.nameUUIDFromBytes(step.value().getBytes(UTF_8)).toString().replace("-", "");
    }
}
