package io.godwit.core.run;

/**
 * Where a subtask stands in the planner's eyes. The sink's ledger has the last word on {@link #WRITTEN} and
 * {@link #VOID}.
 *
 * <pre>
 * PENDING -> READING -> READ -> WRITING -> WRITTEN
 *    ^          |         ^        |
 *    +-- lease -+         +-lease--+        records lost: back to PENDING
 * READING, WRITING -> SPLITTING -> VOID                        too large: replaced by parts
 * any but WRITTEN -> VOID | FAILED
 * </pre>
 */
public enum SubtaskState {
    /** To be read. */
    PENDING,
    /** Given to a reader, until its lease ends. */
    READING,
    /** Its rows wait in the exchange. */
    READ,
    /** Given to a writer, until its lease ends. */
    WRITING,
    /** It took longer than a request may: parts of it are about to take its place. */
    SPLITTING,
    /** The ledger holds it. */
    WRITTEN,
    /** It can never be written: the ledger says so, or no writer was ever told of it. */
    VOID,
    /** Given up with an error. */
    FAILED
}
