package io.godwit.core.type.codec;

import static io.godwit.core.type.value.TimestampValue.MICROS_PER_DAY;

import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.OffsetTimeValue;
import io.godwit.core.type.value.TimestampValue;
import java.time.LocalDate;

/** Dates and times as PostgreSQL writes them under DateStyle ISO. */
final class TemporalText {
    private TemporalText() {}

    static String date(DateValue value) {
        if (!value.isFinite()) {
            return infinity(value.days() > 0);
        }
        StringBuilder text = new StringBuilder(16);
        boolean beforeChrist = date(text, value.days());
        return text.append(beforeChrist ? " BC" : "").toString();
    }

    static String time(long micros) {
        StringBuilder text = new StringBuilder(16);
        time(text, micros);
        return text.toString();
    }

    static String offsetTime(OffsetTimeValue value) {
        StringBuilder text = new StringBuilder(24);
        time(text, value.micros());
        int offset = Math.abs(value.offsetSeconds());
        two(text.append(value.offsetSeconds() < 0 ? '-' : '+'), offset / 3600);
        if (offset % 3600 != 0) {
            two(text.append(':'), offset / 60 % 60);
            if (offset % 60 != 0) {
                two(text.append(':'), offset % 60);
            }
        }
        return text.toString();
    }

    static String timestamp(TimestampValue value, boolean zoned) {
        if (!value.isFinite()) {
            return infinity(value.micros() > 0);
        }
        StringBuilder text = new StringBuilder(32);
        boolean beforeChrist = date(text, Math.floorDiv(value.micros(), MICROS_PER_DAY));
        time(text.append(' '), Math.floorMod(value.micros(), MICROS_PER_DAY));
        return text.append(zoned ? "+00" : "").append(beforeChrist ? " BC" : "").toString();
    }

    static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** A dot and the six digits without trailing zeros; nothing where there are no micros. */
    static void fraction(StringBuilder text, int micros) {
        if (micros == 0) {
            return;
        }
        text.append('.');
        int left = micros;
        for (int unit = 100_000; left > 0; unit /= 10) {
            text.append((char) ('0' + left / unit));
            left %= unit;
        }
    }

    private static String infinity(boolean positive) {
        return positive ? "infinity" : "-infinity";
    }

    /** Adds the date, and says whether its year is one before Christ. */
    private static boolean date(StringBuilder text, long days) {
        LocalDate date = LocalDate.ofEpochDay(days + DateValue.EPOCH_DAY);
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        for (int limit = 1000; year < limit && limit > 1; limit /= 10) {
            text.append('0');
        }
        two(text.append(year).append('-'), date.getMonthValue());
        two(text.append('-'), date.getDayOfMonth());
        return date.getYear() <= 0;
    }

    private static void time(StringBuilder text, long micros) {
        int seconds = (int) (micros / 1_000_000);
        two(text, seconds / 3600);
        two(text.append(':'), seconds / 60 % 60);
        two(text.append(':'), seconds % 60);
        fraction(text, (int) (micros % 1_000_000));
    }
}
