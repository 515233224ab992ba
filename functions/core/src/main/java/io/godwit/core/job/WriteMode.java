package io.godwit.core.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to rows that meet rows. */
public enum WriteMode {
    /** Insert; a duplicate key is an error. */
    @JsonProperty("append")
    APPEND,
    /** Insert, or update the row that has the key. */
    @JsonProperty("upsert")
    UPSERT,
    /** Insert, or keep the row that has the key. */
    @JsonProperty("ignore")
    IGNORE,
    /** Empty the target, or the rows of the step's {@code where}, in the transaction that publishes. */
    @JsonProperty("overwrite")
    OVERWRITE,
    /** Load a table aside, and put it in the target's place in the transaction that publishes. */
    @JsonProperty("swap")
    SWAP;

    /** Whether subtasks load a table aside, which publishing then merges or renames. */
    public boolean loadsAside() {
        return this == OVERWRITE || this == SWAP;
    }

    /** Whether a key decides which rows meet. */
    public boolean needsKey() {
        return this == UPSERT || this == IGNORE;
    }
}
