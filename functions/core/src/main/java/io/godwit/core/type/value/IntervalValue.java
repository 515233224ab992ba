package io.godwit.core.type.value;

/** A length of time in three parts that are not converted into one another, each of either sign; or an infinity. */
public record IntervalValue(int months, int days, long micros) {
    public static final IntervalValue INFINITY =
            new IntervalValue(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
    public static final IntervalValue NEGATIVE_INFINITY =
            new IntervalValue(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);
}
