package io.godwit.core.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Across what the rows of a source are of one moment. */
public enum Consistency {
    /** Each subtask sees one moment; two subtasks may see different ones. */
    @JsonProperty("subtask")
    SUBTASK,
    /** The step sees one moment: a reader holds a snapshot while the run reads. */
    @JsonProperty("run")
    RUN
}
