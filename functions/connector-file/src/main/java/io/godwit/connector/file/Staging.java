package io.godwit.connector.file;

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

    /**
     * The file of one writing: no two writers ever write one file, even of an attempt that comes twice.
     *
     * @param writing not anybody else's
     * @param partition as {@link PartitionedRows#folder} says it
     * @param part its number among the attempt's files: two partitions may be one folder, where case does not count
     */
    static String file(SubtaskId subtask, String writing, String partition, int part, String ending) {
        return folder(subtask.step()) + "/" + partition
                + String.format(Locale.ROOT, "%04d-%06d-%d.", subtask.table(), subtask.split(), part) + writing
                + ending;
    }

    /** The folders of a file's partition, with a slash at their end. */
    static String partition(StepId step, String file) {
        return file.substring(folder(step).length() + 1, file.lastIndexOf('/') + 1);
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
