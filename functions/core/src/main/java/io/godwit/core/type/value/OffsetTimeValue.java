package io.godwit.core.type.value;

/**
 * A time of day in a zone.
 *
 * @param micros since midnight, 24:00 inclusive
 * @param offsetSeconds of the zone, positive east of Greenwich; less than 16 hours either way
 */
public record OffsetTimeValue(long micros, int offsetSeconds) {
    /** The first offset that is too large. */
    public static final int OFFSET_LIMIT = 16 * 3600;

    public OffsetTimeValue {
        if (micros < 0 || micros > TimestampValue.MICROS_PER_DAY || Math.abs(offsetSeconds) >= OFFSET_LIMIT) {
            throw new IllegalArgumentException("a time of day beyond 24:00, or an offset beyond 16 hours");
        }
    }
}
