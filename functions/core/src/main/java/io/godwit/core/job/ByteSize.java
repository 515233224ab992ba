package io.godwit.core.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes as people write it: {@code 64MiB}, {@code 10 MB}, {@code 65536}. KiB, MiB and GiB are powers of
 * 1024; kB (or KB), MB and GB are powers of 1000.
 */
public record ByteSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ?(B|KiB|MiB|GiB|kB|KB|MB|GB)?");

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException where the text is none, or it is 0 or more bytes than a long holds
     */
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " is no size, such as 64MiB");
        }
        try {
            long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
            if (bytes == 0) {
                throw new IllegalArgumentException(text + " is nothing");
            }
            return new ByteSize(bytes);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text + " is too large", e);
        }
    }

    private static long unit(@Nullable String unit) {
        if (unit == null) {
            return 1;
        }
        return switch (unit) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            case "kB", "KB" -> 1_000L;
            case "MB" -> 1_000_000L;
            case "GB" -> 1_000_000_000L;
            default -> 1;
        };
    }
}
