package io.godwit.platform.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Attributes as header values: characters beyond printable ASCII, blanks, double quotes and percent signs are
 * percent-encoded as UTF-8.
 */
public final class HeaderText {
    private HeaderText() {}

    static String encode(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (octet <= ' ' || octet == '"' || octet == '%' || octet == 0x7f) {
                text.append(String.format(java.util.Locale.ROOT, "%%%02X", octet & 0xff));
            } else {
                text.append((char) octet);
            }
        }
        return text.toString();
    }

    /** Percent signs that do not begin an encoded octet stand for themselves. */
    public static @Nullable String decode(@Nullable String text) {
        if (text == null || text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < source.length; i++) {
            int octet = source[i] == '%' ? octet(source, i) : -1;
            if (octet >= 0) {
                octets.write(octet);
                i += 2;
            } else {
                octets.write(source[i]);
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    /** The octet that the two digits after {@code percent} spell, or -1. */
    private static int octet(byte[] source, int percent) {
        if (percent + 2 >= source.length) {
            return -1;
        }
        int high = Character.digit(source[percent + 1], 16);
        int low = Character.digit(source[percent + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
