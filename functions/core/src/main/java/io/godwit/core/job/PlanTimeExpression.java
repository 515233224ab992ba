package io.godwit.core.job;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code planTime}, moved and formatted: {@code planTime-1d:yyyyMMdd}. Offsets add up from left to right; {@code d w M
 * y} are those of the calendar in the job's zone, {@code h m s} those of the clock. Without a pattern: ISO 8601 with
 * offset. With the word {@code millis} for a pattern: milliseconds since 1970.
 */
final class PlanTimeExpression {
    static final String NAME = "planTime";
    static final String MILLIS = "millis";

    private static final Pattern FORM = Pattern.compile(NAME + "((?:[+-][0-9]{1,9}[smhdwMy])*)(?::(.{1,64}))?");
    private static final Pattern OFFSET = Pattern.compile("([+-][0-9]+)([smhdwMy])");

    private final List<Offset> offsets;
    private final Function<ZonedDateTime, String> format;

    private record Offset(long amount, ChronoUnit unit) {}

    private PlanTimeExpression(List<Offset> offsets, Function<ZonedDateTime, String> format) {
        this.offsets = offsets;
        this.format = format;
    }

    /** Whether an expression starts as one of these do; it may still be wrong. */
    static boolean isMeant(String expression) {
        return expression.matches(NAME + "(?![A-Za-z0-9_]).*");
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static PlanTimeExpression parse(String expression) {
        Matcher matcher = FORM.matcher(expression);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "an offset is a sign, a number and one of s m h d w M y; a pattern has 1 to" + " 64 characters");
        }
        List<Offset> offsets = new ArrayList<>();
        Matcher offset = OFFSET.matcher(matcher.group(1));
        while (offset.find()) {
            offsets.add(new Offset(Long.parseLong(offset.group(1)), unit(offset.group(2))));
        }
        String pattern = matcher.group(2);
        return new PlanTimeExpression(
                offsets, pattern == null ? DateTimeFormatter.ISO_OFFSET_DATE_TIME::format : format(pattern));
    }

    /**
     * The text for a plan time.
     *
     * @throws IllegalArgumentException where the moved time is out of range
     */
    String format(ZonedDateTime planTime) {
        try {
            ZonedDateTime moved = planTime;
            for (Offset offset : offsets) {
                moved = moved.plus(offset.amount, offset.unit);
            }
            return format.apply(moved);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("cannot be written: " + e.getMessage(), e);
        }
    }

    private static ChronoUnit unit(String letter) {
        return switch (letter) {
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            case "d" -> ChronoUnit.DAYS;
            case "w" -> ChronoUnit.WEEKS;
            case "M" -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
    }

    private static Function<ZonedDateTime, String> format(String pattern) {
        if (pattern.equals(MILLIS)) {
            return time -> String.valueOf(time.toInstant().toEpochMilli());
        }
        return formatter(pattern)::format;
    }

    private static DateTimeFormatter formatter(String pattern) {
        String letters = pattern.replaceAll("'[^']*'", "");
        if (letters.contains("Y") && !letters.contains("w")) {
            throw new IllegalArgumentException("Y is the year of the week, which is wrong around new year; write y");
        }
        if (letters.contains("D") && letters.contains("M")) {
            throw new IllegalArgumentException("D is the day of the year; the day of the month is d");
        }
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    pattern + " is no date pattern (java.time.format.DateTimeFormatter): " + e.getMessage(), e);
        }
    }
}
