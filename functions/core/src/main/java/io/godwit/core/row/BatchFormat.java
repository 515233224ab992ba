package io.godwit.core.row;

/** The batch format's numbers and names, as {@code schemas/batch/README.md} states them. */
public final class BatchFormat {

    /** What {@link #FORMAT_HEADER} carries. A reader refuses every other. */
    public static final int VERSION = 1;

    /**
     * Bytes of a payload at most. Below 512 KiB by so much that the array is not a humongous object to G1 in a small
     * heap, whose regions are of 1 MiB.
     */
    public static final int DEFAULT_BATCH_BYTES = 512 * 1024 - 1024;

    /** The smallest and the largest that an encoder accepts: Kafka's records end at 1 MiB, headers included. */
    static final int MIN_BATCH_BYTES = 16;

    static final int MAX_BATCH_BYTES = 1024 * 1024 - 4096;

    /** Header: the subtask's id. */
    public static final String SUBTASK_HEADER = "godwit-subtask";

    /** Header: the attempt's id. */
    public static final String ATTEMPT_HEADER = "godwit-attempt";

    /** Header: the batch's place in its attempt, from 0, decimal. */
    public static final String SEQUENCE_HEADER = "godwit-sequence";

    /** Header: how many rows end in the batch, decimal. */
    public static final String ROWS_HEADER = "godwit-rows";

    /** Header: {@link #VERSION}, decimal. */
    public static final String FORMAT_HEADER = "godwit-format";

    private BatchFormat() {}
}
