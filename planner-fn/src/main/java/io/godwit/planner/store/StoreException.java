package io.godwit.planner.store;

import java.sql.SQLException;

/** Carries a refusal of the control store up to the transaction, which knows what it means. */
final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException refusal;

    StoreException(SQLException refusal) {
        super(refusal);
        this.refusal = refusal;
    }

    SQLException refusal() {
        return refusal;
    }
}
