package io.godwit.core.ledger;

/** What a sink says of a step of a run. */
public enum RunRow {
    /** It has never heard of it: nothing was prepared. */
    ABSENT,
    /** It may be written. */
    OPEN,
    /** It was published: nothing may be written ever after. The row stays as a tombstone. */
    PUBLISHED,
    /** It failed or was cancelled: nothing may be written unless it is opened again. */
    CLOSED
}
