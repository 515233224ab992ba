package io.godwit.connector.oracle;

import io.godwit.connector.jdbc.dialect.RefusedValueException;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.TimestampValue;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Dates and times in the server's bytes: century and year of the century, each with 100 added, month, day, hour, minute
 * and second, each of the latter with 1 added; then nanoseconds, four bytes, where there are some. Years before Christ
 * are negative, and none is 0.
 *
 * <p>A day keeps its label. Of the labels the server has no 1582-10-05 to 1582-10-14, and before them some that the
 * wire's calendar has not: 1500-02-29.
 */
final class OracleTimes {
    private static final LocalDate LAST_JULIAN = LocalDate.of(1582, 10, 4);
    private static final LocalDate FIRST_GREGORIAN = LocalDate.of(1582, 10, 15);
    private static final int LEAST_YEAR = -4712;
    private static final int MOST_YEAR = 9999;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int SECONDS_PER_DAY = 86_400;

    private OracleTimes() {}

    /** Microseconds since 2000-01-01 of 7 or 11 bytes. */
    static long micros(byte[] bytes) {
        int year = ((bytes[0] & 0xFF) - 100) * 100 + (bytes[1] & 0xFF) - 100;
        int nanos = 0;
        for (int i = 7; i < bytes.length && i < 11; i++) {
            nanos = nanos << 8 | (bytes[i] & 0xFF);
        }
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new InvalidValueException(
                    "a time finer than microseconds; without the option times: micros it would be read as text");
        }
        try {
            LocalDate day = LocalDate.of(year < 0 ? year + 1 : year, bytes[2], bytes[3]);
            long days = day.toEpochDay() - DateValue.EPOCH_DAY;
            long seconds = (bytes[4] - 1) * 3600L + (bytes[5] - 1) * 60L + bytes[6] - 1;
            return (days * SECONDS_PER_DAY + seconds) * MICROS_PER_SECOND + nanos / NANOS_PER_MICRO;
        } catch (DateTimeException e) {
            throw new InvalidValueException("a day that only the Julian calendar has");
        }
    }

    /** 7 bytes of whole seconds, 11 of others. */
    static byte[] bytes(long micros, boolean fraction) {
        if (!new TimestampValue(micros).isFinite()) {
            throw new RefusedValueException("an infinite time");
        }
        LocalDate day =
                LocalDate.ofEpochDay(Math.floorDiv(micros, TimestampValue.MICROS_PER_DAY) + DateValue.EPOCH_DAY);
        // The wire's year 0 is the year 1 BC, the server's -1.
        int year = day.getYear() <= 0 ? day.getYear() - 1 : day.getYear();
        if (year < LEAST_YEAR || year > MOST_YEAR) {
            throw new RefusedValueException("a date of a year before 4712 BC or after 9999");
        }
        if (day.isAfter(LAST_JULIAN) && day.isBefore(FIRST_GREGORIAN)) {
            throw new RefusedValueException("a day that the server's calendar leaves out");
        }
        long ofDay = Math.floorMod(micros, TimestampValue.MICROS_PER_DAY);
        int seconds = (int) (ofDay / MICROS_PER_SECOND);
        int nanos = (int) (ofDay % MICROS_PER_SECOND) * NANOS_PER_MICRO;
        if (nanos != 0 && !fraction) {
            throw new RefusedValueException("a time with parts of a second");
        }
        byte[] bytes = new byte[fraction ? 11 : 7];
        bytes[0] = (byte) (year / 100 + 100);
        bytes[1] = (byte) (year % 100 + 100);
        bytes[2] = (byte) day.getMonthValue();
        bytes[3] = (byte) day.getDayOfMonth();
        bytes[4] = (byte) (seconds / 3600 + 1);
        bytes[5] = (byte) (seconds / 60 % 60 + 1);
        bytes[6] = (byte) (seconds % 60 + 1);
        for (int i = 7; i < bytes.length; i++) {
            bytes[i] = (byte) (nanos >>> (8 * (10 - i)));
        }
        return bytes;
    }
}
