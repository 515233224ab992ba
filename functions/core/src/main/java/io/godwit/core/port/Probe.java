package io.godwit.core.port;

import io.godwit.core.run.SubtaskId;

/**
 * Is told when a function reaches a step of the protocol, between one effect and the next. Nothing hangs on it in
 * production; the demo and the fault suite interrupt functions here.
 */
@FunctionalInterface
public interface Probe {
    Probe NONE = (step, subtask) -> {};

    void reached(Step step, SubtaskId subtask);

    /** Steps in the order in which one subtask passes them. */
    enum Step {
        READ_DISPATCHED,
        READ_STARTED,
        BATCH_SENT,
        ROWS_ACKNOWLEDGED,
        ROWS_RECORDED,
        WRITE_DISPATCHED,
        WRITE_STARTED,
        RUN_LOCKED,
        LEDGER_CLAIMED,
        ROWS_WRITTEN,
        COMMITTED,
        WRITTEN_RECORDED
    }
}
