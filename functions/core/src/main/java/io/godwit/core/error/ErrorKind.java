package io.godwit.core.error;

/** Who can mend an error. */
public enum ErrorKind {
    /** The job file, the command line or a request is wrong: exit code 2. */
    USER,
    /** A source refused or failed. */
    SOURCE,
    /** A sink refused or failed. */
    SINK,
    /** The exchange (Kafka) failed or lost records. */
    EXCHANGE,
    /** Godwit itself failed: a defect. */
    INTERNAL
}
