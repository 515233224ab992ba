package io.godwit.core.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens where the target table is missing. */
public enum CreateMode {
    /** Create it. */
    @JsonProperty("if-missing")
    IF_MISSING,
    /** Refuse the job. */
    @JsonProperty("never")
    NEVER,
    /** Create it, and drop it first where it is there. */
    @JsonProperty("recreate")
    RECREATE
}
