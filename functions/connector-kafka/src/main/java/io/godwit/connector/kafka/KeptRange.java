package io.godwit.connector.kafka;

/**
 * Where the refused rows of a subtask lie in its step's partition of {@link QuarantineTopic}, among those of others.
 *
 * @param topic the id of the topic: in one that was made anew they are not
 * @param end above the offset of the last record
 */
record KeptRange(String topic, long first, long end) {

    /** The id of a row that begins at this offset: above 0, which stands before the first one. */
    static long id(long offset) {
        return offset + 1;
    }

    /** Whether a row of this id lies there. */
    boolean has(long id) {
        return id >= id(first) && id <= end;
    }
}
