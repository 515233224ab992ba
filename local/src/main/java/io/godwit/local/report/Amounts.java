package io.godwit.local.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Amounts() {}

    /** {@code 1.5 MiB}; {@code ?} where unknown. */
    static String bytes(long bytes) {
        if (bytes < 0) {
            return "?";
        }
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** {@code 12,345}; {@code ?} where unknown. */
    static String rows(long rows) {
        return rows < 0 ? "?" : String.format(Locale.ROOT, "%,d", rows);
    }

    /** {@code 12.4 s}, {@code 3 min 05 s}. */
    static String seconds(double seconds) {
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
}
