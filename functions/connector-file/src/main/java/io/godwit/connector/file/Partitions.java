package io.godwit.connector.file;

import io.godwit.connector.file.store.Paths;
import io.godwit.connector.file.store.UnfitFilesException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Columns whose values are the names of folders, as Hive has them: {@code country=DE/day=2026-01-31/}. What is unsafe
 * in a name of a folder stands as {@code %2F}; no value leads out of its folder, or is taken for another.
 */
final class Partitions {
    /** Hive's word for NULL. A text that reads so is written with its first character escaped. */
    static final String OF_NULL = "__HIVE_DEFAULT_PARTITION__";

    private static final int LONGEST = 255;

    private Partitions() {}

    /**
     * The folder of a value.
     *
     * @throws UnfitFilesException where no folder can be called so
     */
    static String folder(String column, @Nullable String value) throws UnfitFilesException {
        String folder = escaped(column) + "=" + (value == null ? OF_NULL : escaped(value));
        if (folder.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new UnfitFilesException(
                    "column " + column + ": a value is too long for the name of a folder, which has " + LONGEST
                            + " bytes at most; partition by another column");
        }
        return folder;
    }

    private static String escaped(String text) {
        return Paths.encode(text).replace("=", "%3D");
    }

    /** The values in a path below a table's folder, by column, from the outermost; null is NULL. */
    static Map<String, @Nullable String> of(String path) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                String value = parts[i].substring(equals + 1);
                values.put(unescaped(parts[i].substring(0, equals)), value.equals(OF_NULL) ? null : unescaped(value));
            }
        }
        return values;
    }

    /** Whoever escaped it, as bytes of UTF-8; what is not so escaped stands for itself. */
    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < from.length; i++) {
            int high = from[i] == '%' && i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(from[i + 2], 16);
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(from[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }
}
