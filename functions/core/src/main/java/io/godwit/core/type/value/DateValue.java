package io.godwit.core.type.value;

import java.time.LocalDate;

/**
 * A day of the proleptic Gregorian calendar, 4714-11-24 BC to 5874897-12-31, or an infinity.
 *
 * @param days since 2000-01-01
 */
public record DateValue(int days) implements Comparable<DateValue> {
    public static final DateValue INFINITY = new DateValue(Integer.MAX_VALUE);
    public static final DateValue NEGATIVE_INFINITY = new DateValue(Integer.MIN_VALUE);

    /** The first day of PostgreSQL's calendar. */
    public static final int MIN_DAYS = -2_451_545;
    /** The last day of PostgreSQL's calendar. */
    public static final int MAX_DAYS = 2_145_031_948;

    /** 2000-01-01 in days since 1970-01-01. */
    public static final int EPOCH_DAY = 10_957;

    public static DateValue of(LocalDate date) {
        return new DateValue(Math.toIntExact(date.toEpochDay() - EPOCH_DAY));
    }

    public boolean isFinite() {
        return days != Integer.MAX_VALUE && days != Integer.MIN_VALUE;
    }

    /** The day; means nothing for an infinity. */
    public LocalDate toLocalDate() {
        return LocalDate.ofEpochDay((long) days + EPOCH_DAY);
    }

    @Override
    public int compareTo(DateValue other) {
        return Integer.compare(days, other.days);
    }
}
