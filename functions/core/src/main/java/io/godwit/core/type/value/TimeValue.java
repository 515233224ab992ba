package io.godwit.core.type.value;

/**
 * A time of day, 00:00 to 24:00 inclusive.
 *
 * @param micros since midnight
 */
public record TimeValue(long micros) {
    public TimeValue {
        if (micros < 0 || micros > TimestampValue.MICROS_PER_DAY) {
            throw new IllegalArgumentException("a time of day beyond 24:00");
        }
    }
}
