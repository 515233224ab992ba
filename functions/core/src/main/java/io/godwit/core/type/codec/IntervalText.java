package io.godwit.core.type.codec;

import io.godwit.core.type.value.IntervalValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intervals under IntervalStyle postgres: {@code 1 year 2 mons -3 days +04:05:06.7}. A part after a negative one shows
 * its plus.
 */
final class IntervalText {
    private static final Pattern PART = Pattern.compile(
            "\\s*(?:([+-]?)(\\d+):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?|([+-]?)(\\d+)(?:\\.(\\d+))?\\s*([a-z]+))");

    private IntervalText() {}

    static String format(IntervalValue value) {
        if (value.equals(IntervalValue.INFINITY)) {
            return "infinity";
        }
        if (value.equals(IntervalValue.NEGATIVE_INFINITY)) {
            return "-infinity";
        }
        StringBuilder text = new StringBuilder(40);
        boolean negative = part(text, value.months() / 12, "year", false);
        negative = part(text, value.months() % 12, "mon", negative);
        negative = part(text, value.days(), "day", negative);
        if (text.length() == 0 || value.micros() != 0) {
            text.append(text.length() == 0 ? "" : " ").append(value.micros() < 0 ? "-" : negative ? "+" : "");
            time(text, value.micros());
        }
        return text.toString();
    }

    /** Adds a part, and says whether the last one that was added is negative. */
    private static boolean part(StringBuilder text, int number, String unit, boolean negative) {
        if (number == 0) {
            return negative;
        }
        text.append(text.length() == 0 ? "" : " ").append(negative && number > 0 ? "+" : "");
        text.append(number).append(' ').append(unit).append(number == 1 ? "" : "s");
        return number < 0;
    }

    private static void time(StringBuilder text, long micros) {
        // Unsigned, as the smallest long has no counterpart.
        long absolute = micros < 0 ? -micros : micros;
        long seconds = Long.divideUnsigned(absolute, 1_000_000);
        long hours = seconds / 3600;
        text.append(hours < 10 ? "0" : "").append(hours);
        TemporalText.two(text.append(':'), (int) (seconds / 60 % 60));
        TemporalText.two(text.append(':'), (int) (seconds % 60));
        TemporalText.fraction(text, (int) Long.remainderUnsigned(absolute, 1_000_000));
    }

    static IntervalValue parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("infinity")) {
            return IntervalValue.INFINITY;
        }
        if (lower.equals("-infinity")) {
            return IntervalValue.NEGATIVE_INFINITY;
        }
        Matcher matcher = PART.matcher(lower);
        long months = 0;
        long days = 0;
        long micros = 0;
        int end = 0;
        try {
            while (end < lower.length() && matcher.find(end) && matcher.start() == end) {
                end = matcher.end();
                if (matcher.group(2) != null) {
                    micros = Math.addExact(micros, time(matcher));
                    continue;
                }
                long number = Long.parseLong(matcher.group(6) + matcher.group(7));
                switch (matcher.group(9)) {
                    case "year", "years", "y" -> months = Math.addExact(months, Math.multiplyExact(number, 12));
                    case "mon", "mons", "month", "months" -> months = Math.addExact(months, number);
                    case "week", "weeks", "w" -> days = Math.addExact(days, Math.multiplyExact(number, 7));
                    case "day", "days", "d" -> days = Math.addExact(days, number);
                    case "hour", "hours", "h" -> micros = addMicros(micros, number, 3_600_000_000L);
                    case "min", "mins", "minute", "minutes", "m" -> micros = addMicros(micros, number, 60_000_000L);
                    case "sec", "secs", "second", "seconds", "s" -> {
                        micros = addMicros(micros, number, 1_000_000L);
                        long fraction = TemporalParser.fractionMicros(matcher.group(8));
                        micros = Math.addExact(micros, matcher.group(6).equals("-") ? -fraction : fraction);
                        continue;
                    }
                    default -> throw malformed();
                }
                if (matcher.group(8) != null) { // a fraction of a month is anybody's guess
                    throw malformed();
                }
            }
            if (end == 0 || end < lower.length()) {
                throw malformed();
            }
            return new IntervalValue(Math.toIntExact(months), Math.toIntExact(days), micros);
        } catch (ArithmeticException | NumberFormatException overflow) {
            throw new InvalidValueException("an interval out of range");
        }
    }

    private static long addMicros(long micros, long number, long unit) {
        return Math.addExact(micros, Math.multiplyExact(number, unit));
    }

    private static long time(Matcher matcher) {
        boolean negative = matcher.group(1).equals("-");
        // Counted downwards, as the smallest long has no counterpart.
        long seconds = Math.addExact(
                Math.multiplyExact(-Long.parseLong(matcher.group(2)), 3600L),
                -60L * Integer.parseInt(matcher.group(3))
                        - (matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4))));
        long micros = Math.subtractExact(
                Math.multiplyExact(seconds, 1_000_000L), TemporalParser.fractionMicros(matcher.group(5)));
        return negative ? micros : Math.negateExact(micros);
    }

    private static InvalidValueException malformed() {
        return new InvalidValueException("not an interval of the form 1 year 2 mons 3 days 04:05:06");
    }
}
