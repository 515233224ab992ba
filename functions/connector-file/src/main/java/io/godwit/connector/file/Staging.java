package io.godwit.connector.file;

import io.godwit.core.run.AttemptId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.util.Locale;

/**
 * Where files wait until they are published: below a folder whose name begins with a dot, which no reader looks into.
 */
final class Staging {
    private static final String ROOT = ".godwit";

    private Staging() {}

    static String folder(StepId step) {
        return ROOT + "/" + step.run() + "/" + step.step();
    }

    /** The file of one attempt: no two writers ever write one file. */
    static String file(SubtaskId subtask, AttemptId attempt, String ending) {
        return folder(subtask.step()) + "/" + String.format(Locale.ROOT, "%04d-%06d.", subtask.table(), subtask.split())
                + attempt + ending;
    }

    /** What the file is called in its table's folder: the same whichever attempt wrote it. */
    static String published(SubtaskId subtask, int part, String ending) {
        return String.format(
                Locale.ROOT,
                "%s-%s-%04d-%06d-%d%s",
                subtask.run(),
                subtask.step().step(),
                subtask.table(),
                subtask.split(),
                part,
                ending);
    }
}
