package io.godwit.connector.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Paths and parameters as they stand in a URL: no name can leave its segment. */
final class Paths {
    private static final String PLAIN = "-._~";

    private Paths() {}

    /**
     * The segments of a path.
     *
     * @throws IllegalArgumentException where one is empty, {@code .} or {@code ..}
     */
    static List<String> segments(String path) {
        List<String> segments = Arrays.asList(path.split("/", -1));
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("path " + path + " has an empty segment, . or ..");
            }
        }
        return segments;
    }

    /** Each segment encoded, {@code /} before it; empty for the empty path. */
    static String encoded(String path) {
        return path.isEmpty()
                ? ""
                : segments(path).stream().map(Paths::encode).collect(Collectors.joining("/", "/", ""));
    }

    /** As RFC 3986 says: letters, digits and {@code -._~} as they are, all else as bytes of UTF-8. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xFF);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", one & 0xFF));
            }
        }
        return encoded.toString();
    }
}
