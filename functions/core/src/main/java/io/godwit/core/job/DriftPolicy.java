package io.godwit.core.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens where a shard's columns differ from those of the others. */
public enum DriftPolicy {
    /** Refuse the job. */
    @JsonProperty("fail")
    FAIL,
    /** Missing columns are NULL. */
    @JsonProperty("null")
    NULL,
    /** Missing columns take the target's default. */
    @JsonProperty("default")
    DEFAULT,
    /** Leave the shard out, and say so. */
    @JsonProperty("skip-table")
    SKIP_TABLE,
    /** Add the column to the target. */
    @JsonProperty("add-column")
    ADD_COLUMN
}
