package io.godwit.core.type.value;

/**
 * A moment, or a date and time of day of an unnamed zone, 4714-11-24 BC to 294276-12-31, or an infinity.
 *
 * @param micros since 2000-01-01 00:00, of UTC where it is a moment
 */
public record TimestampValue(long micros) implements Comparable<TimestampValue> {
    public static final TimestampValue INFINITY = new TimestampValue(Long.MAX_VALUE);
    public static final TimestampValue NEGATIVE_INFINITY = new TimestampValue(Long.MIN_VALUE);

    public static final long MIN_MICROS = -211_813_488_000_000_000L;
    public static final long MAX_MICROS = 9_223_371_331_199_999_999L;

    public static final long MICROS_PER_DAY = 86_400_000_000L;

    public boolean isFinite() {
        return micros != Long.MAX_VALUE && micros != Long.MIN_VALUE;
    }

    @Override
    public int compareTo(TimestampValue other) {
        return Long.compare(micros, other.micros);
    }
}
