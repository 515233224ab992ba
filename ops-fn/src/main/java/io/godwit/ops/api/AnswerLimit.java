package io.godwit.ops.api;

/** How much one answer lists, whatever was asked for. */
final class AnswerLimit {
    private static final int MOST = 1000;

    private AnswerLimit() {}

    /** The limit that was asked for, or the nearest from 1 to 1000. */
    static int bounded(int asked) {
        return Math.max(1, Math.min(MOST, asked));
    }
}
