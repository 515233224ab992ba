package io.godwit.core.ledger;

/** What a sink says of a step of a run. */
public enum RunRow {
    /** It has never heard of it: nothing was prepared. */
    ABSENT,
    /** It may be written. */
    OPEN,
    /** It was published, failed or was cancelled: nothing may be written any more. */
    CLOSED
}
