package io.godwit.core.type.codec;

import static io.godwit.core.type.value.TimestampValue.MICROS_PER_DAY;

import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.OffsetTimeValue;
import io.godwit.core.type.value.TimeValue;
import io.godwit.core.type.value.TimestampValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code 2026-11-22}, {@code 14:05:09.25}, both with a blank or a T between them, an offset ({@code Z},
 * {@code +05}, {@code +0530}, {@code +05:30:15}), and BC. As in PostgreSQL, a time that a date is wanted of is left
 * out, so is an offset that nothing is wanted of, and a missing offset is UTC's.
 */
final class TemporalParser {
    private static final String DATE = "(\\d{4,7})-(\\d{1,2})-(\\d{1,2})";
    private static final String TIME = "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{0,12}))?)?";
    private static final String ZONE = "\\s*(?:(Z|z|UTC)|([+-])(\\d{2})(?::?(\\d{2})(?::?(\\d{2}))?)?)?";
    private static final Pattern MOMENT = Pattern.compile(DATE + "(?:[ Tt]" + TIME + ZONE + ")?(\\s+(?:BC|AD))?");
    private static final Pattern TIME_OF_DAY = Pattern.compile(TIME + ZONE);

    private TemporalParser() {}

    static DateValue date(String text) {
        Integer sign = infinity(text);
        if (sign != null) {
            return sign > 0 ? DateValue.INFINITY : DateValue.NEGATIVE_INFINITY;
        }
        return new DateValue((int) days(moment(text)));
    }

    static TimeValue time(String text) {
        Matcher time = timeOfDay(text);
        return new TimeValue(micros(time, 1));
    }

    static OffsetTimeValue offsetTime(String text) {
        Matcher time = timeOfDay(text);
        return new OffsetTimeValue(micros(time, 1), offset(time, 5));
    }

    static TimestampValue timestamp(String text, boolean zoned) {
        Integer sign = infinity(text);
        if (sign != null) {
            return sign > 0 ? TimestampValue.INFINITY : TimestampValue.NEGATIVE_INFINITY;
        }
        Matcher moment = moment(text);
        long days = days(moment);
        long time = moment.group(4) == null ? 0 : micros(moment, 4);
        try {
            long micros = Math.addExact(Math.multiplyExact(days, MICROS_PER_DAY), time);
            long utc = zoned ? micros - offset(moment, 8) * 1_000_000L : micros;
            if (utc >= TimestampValue.MIN_MICROS && utc <= TimestampValue.MAX_MICROS) {
                return new TimestampValue(utc);
            }
        } catch (ArithmeticException beyondLong) {
            throw new InvalidValueException("a timestamp out of range");
        }
        throw new InvalidValueException("a timestamp out of range");
    }

    private static @Nullable Integer infinity(String text) {
        return switch (text) {
            case "infinity", "Infinity" -> 1;
            case "-infinity", "-Infinity" -> -1;
            default -> null;
        };
    }

    private static Matcher moment(String text) {
        Matcher matcher = MOMENT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("not a date of the form 2026-11-22, or a time after it");
        }
        return matcher;
    }

    private static Matcher timeOfDay(String text) {
        Matcher matcher = TIME_OF_DAY.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("not a time of the form 14:05:09");
        }
        return matcher;
    }

    private static long days(Matcher moment) {
        int year = number(moment, 1);
        String era = moment.group(13);
        try {
            boolean beforeChrist = era != null && era.endsWith("BC");
            if (year == 0) {
                throw new InvalidValueException("the year 0");
            }
            LocalDate date = LocalDate.of(beforeChrist ? 1 - year : year, number(moment, 2), number(moment, 3));
            long days = date.toEpochDay() - DateValue.EPOCH_DAY;
            if (days < DateValue.MIN_DAYS || days > DateValue.MAX_DAYS) {
                throw new InvalidValueException("a date out of range");
            }
            return days;
        } catch (DateTimeException noSuchDay) {
            throw new InvalidValueException("no day of the calendar");
        }
    }

    private static long micros(Matcher matcher, int group) {
        int hour = number(matcher, group);
        int minute = number(matcher, group + 1);
        int second = number(matcher, group + 2);
        String fraction = matcher.group(group + 3);
        if (hour > 24 || minute > 59 || second > 59) {
            throw new InvalidValueException("no time of day");
        }
        long micros = (hour * 3600L + minute * 60L + second) * 1_000_000 + fractionMicros(fraction);
        if (micros > MICROS_PER_DAY) {
            throw new InvalidValueException("a time beyond 24:00");
        }
        return micros;
    }

    static long fractionMicros(@Nullable String fraction) {
        if (fraction == null || fraction.isEmpty()) {
            return 0;
        }
        return Math.round(Double.parseDouble("0." + fraction) * 1e6);
    }

    private static int offset(Matcher matcher, int group) {
        if (matcher.group(group + 1) == null) {
            return 0;
        }
        int hours = number(matcher, group + 2);
        int seconds = hours * 3600 + number(matcher, group + 3) * 60 + number(matcher, group + 4);
        if (seconds >= OffsetTimeValue.OFFSET_LIMIT) {
            throw new InvalidValueException("a zone 16 hours or more away");
        }
        return matcher.group(group + 1).equals("-") ? -seconds : seconds;
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
