package io.godwit.connector.file.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names of tables as names of files and folders, and back. */
public final class Paths {
    /** Of a name, in bytes of UTF-8, as it stands in a path: what file systems bear. */
    private static final int LONGEST = 255;

    private static final String UNSAFE = "/\\:*?\"<>|%";

    private Paths() {}

    /**
     * Refuses what is no path below a root: empty, absolute, with empty parts, with {@code .} or {@code ..}, with a
     * backslash or a control character.
     *
     * @throws IllegalArgumentException where it is one
     */
    public static String check(String path) {
        for (String part : path.split("/", -1)) {
            boolean odd = part.isEmpty()
                    || part.equals(".")
                    || part.equals("..")
                    || part.chars().anyMatch(c -> c < ' ' || c == 0x7F || c == '\\');
            if (odd || part.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                throw new IllegalArgumentException("not a path below a folder: " + printable(path));
            }
        }
        return path;
    }

    /** A name as one part of a path: what is unsafe, or hides a file, in the form {@code %2F}. */
    public static String encode(String name) {
        StringBuilder part = new StringBuilder();
        name.codePoints().forEach(c -> {
            boolean hides = part.isEmpty() && (c == '.' || c == '_');
            if (c < ' ' || c == 0x7F || UNSAFE.indexOf(c) >= 0 || hides) {
                part.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            } else {
                part.appendCodePoint(c);
            }
        });
        return part.toString();
    }

    /** What {@link #encode} made a part of; a part that it never makes stands for itself. */
    public static String decode(String part) {
        StringBuilder name = new StringBuilder();
        for (int at = 0; at < part.length(); at++) {
            char c = part.charAt(at);
            if (c == '%' && part.substring(at).matches("(?s)%[0-7][0-9A-F].*")) {
                name.append((char) Integer.parseInt(part.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                name.append(c);
            }
        }
        return encode(name.toString()).equals(part) ? name.toString() : part;
    }

    /** A folder and a name below it. */
    public static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** Fit for a message. */
    static String printable(String path) {
        return path.replaceAll("\\p{Cntrl}", "?");
    }
}
