package io.godwit.core.ledger;

/** The protocol as it is, and ways of getting it wrong that look harmless. */
enum Variant {
    FAITHFUL,
    /** Rows are written, nothing is kept of it. */
    NO_LEDGER,
    /** The ledger row is committed before the rows. */
    LEDGER_COMMITTED_BEFORE,
    /** The ledger row is committed after the rows. */
    LEDGER_COMMITTED_AFTER,
    /** The ledger is looked up, and the row inserted at the end, with no unique key to wait at. */
    LEDGER_LOOKED_UP,
    /** Nobody asks whether the run is open. */
    NO_RUN_ROW,
    /** The run row is read but not locked. */
    RUN_ROW_NOT_LOCKED,
    /** Rows are counted, their digest is not compared. */
    NO_DIGEST,
    /** Neither count nor digest is compared. */
    NO_PROOF,
    /** The planner is told before the commit. */
    REPORT_BEFORE_COMMIT,
    /** Publishing trusts whoever asks for it. */
    PUBLISHED_UNCOUNTED,
    /** A void takes the place of a written row. */
    VOID_OVERWRITES;

    boolean locksRunRow() {
        return this != NO_RUN_ROW && this != RUN_ROW_NOT_LOCKED;
    }

    boolean waitsAtClaim() {
        return this != NO_LEDGER && this != LEDGER_COMMITTED_AFTER && this != LEDGER_LOOKED_UP;
    }
}
