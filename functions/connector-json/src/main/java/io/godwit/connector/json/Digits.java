package io.godwit.connector.json;

import com.fasterxml.jackson.core.io.NumberInput;
import io.godwit.core.type.codec.InvalidValueException;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Numbers and times in their plainest form, read without a string; and what a type would have to round away. */
final class Digits {
    /** No value of the plain form. */
    static final long NONE = Long.MIN_VALUE;

    private static final long EPOCH_2000 = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long MICROS_OF_DAY = 86_400_000_000L;

    private Digits() {}

    /** {@code 2026-01-31} as days since 2000-01-01. */
    static long date(char[] text, int offset) {
        if (text[offset + 4] != '-' || text[offset + 7] != '-') {
            return NONE;
        }
        int year = number(text, offset, 4);
        int month = number(text, offset + 5, 2);
        int day = number(text, offset + 8, 2);
        boolean plain = year > 0 && month > 0 && month <= 12 && day > 0 && day <= 28;
        if (!plain
                && (year <= 0
                        || month <= 0
                        || month > 12
                        || day <= 0
                        || day > 31
                        || day > LocalDate.of(year, month, 1).lengthOfMonth())) {
            return NONE;
        }
        return LocalDate.of(year, month, day).toEpochDay() - EPOCH_2000;
    }

    /** {@code 2026-01-31 23:59:59.999999}, with a T for the blank too, as microseconds since 2000-01-01. */
    static long timestamp(char[] text, int offset, int length, int mostDigits) {
        if (length < 19 || length > 20 + mostDigits || length == 20) {
            return NONE;
        }
        char between = text[offset + 10];
        if ((between != ' ' && between != 'T') || text[offset + 13] != ':' || text[offset + 16] != ':') {
            return NONE;
        }
        long days = date(text, offset);
        int hours = number(text, offset + 11, 2);
        int minutes = number(text, offset + 14, 2);
        int seconds = number(text, offset + 17, 2);
        int micros = length == 19 ? 0 : text[offset + 19] == '.' ? number(text, offset + 20, length - 20) : -1;
        if (days == NONE
                || hours < 0
                || hours > 23
                || minutes < 0
                || minutes > 59
                || seconds < 0
                || seconds > 59
                || micros < 0) {
            return NONE;
        }
        for (int digits = length - 20; length > 19 && digits < 6; digits++) {
            micros *= 10;
        }
        return days * MICROS_OF_DAY + ((hours * 60L + minutes) * 60 + seconds) * 1_000_000 + micros;
    }

    /** The same with a zone behind it, {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}: as UTC. */
    static long timestamptz(char[] text, int offset, int length, int mostDigits) {
        int end = offset + length;
        int sign = Math.max(offset + 19, end - 6);
        while (sign < end && text[sign] != '+' && text[sign] != '-' && text[sign] != 'Z') {
            sign++;
        }
        int zone = end - sign - 1; // how many characters are behind the sign
        if (zone < 0) {
            return NONE;
        }
        long micros = timestamp(text, offset, sign - offset, mostDigits);
        if (text[sign] == 'Z') {
            return zone == 0 ? micros : NONE;
        }
        boolean parted = zone == 5 && text[sign + 3] == ':';
        int hours = zone >= 2 ? number(text, sign + 1, 2) : -1;
        int minutes = zone == 2 ? 0 : zone == 4 || parted ? number(text, end - 2, 2) : -1;
        if (micros == NONE || hours < 0 || hours > 15 || minutes < 0 || minutes > 59) {
            return NONE;
        }
        long away = (hours * 60L + minutes) * 60_000_000;
        return text[sign] == '+' ? micros - away : micros + away;
    }

    /** A number of digits, sign, point and exponent; NaN where it is none, or not finite, or all but nothing. */
    static double float8(char[] text, int offset, int length) {
        boolean digits = false;
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            boolean digit = c >= '0' && c <= '9';
            digits |= digit;
            if (!digit && c != '.' && c != '-' && c != 'e' && c != 'E' && c != '+') {
                return Double.NaN;
            }
        }
        if (!digits) {
            return Double.NaN;
        }
        try {
            double value = NumberInput.parseDouble(text, offset, length, true);
            return Math.abs(value) < Double.MIN_NORMAL || Double.isInfinite(value) ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** -1 where not all are digits. */
    private static int number(char[] text, int offset, int length) {
        int value = 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Refuses a decimal with digits beyond the scale that are not zero. */
    static void requireScale(String text, int scale) {
        int point = text.indexOf('.');
        boolean plain = text.indexOf('e') < 0 && text.indexOf('E') < 0 && scale >= 0;
        if (plain && (point < 0 || text.length() - point - 1 <= scale)) {
            return;
        }
        BigDecimal value;
        try {
            value = new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            return; // NaN, an infinity, or no number at all, which the codec knows
        }
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > scale) {
            throw new InvalidValueException("more than " + scale + " digits after the point");
        }
    }

    /** Refuses a fraction of a second with digits beyond so many that are not zero. */
    static void requireFraction(String text, int most) {
        int point = text.lastIndexOf('.');
        for (int at = point + 1; point >= 0 && at < text.length() && Character.isDigit(text.charAt(at)); at++) {
            if (at - point > most && text.charAt(at) != '0') {
                throw new InvalidValueException("more than " + most + " digits of a second's fraction");
            }
        }
    }
}
