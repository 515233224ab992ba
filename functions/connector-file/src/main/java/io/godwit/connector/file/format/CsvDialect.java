package io.godwit.connector.file.format;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * How a CSV file is written.
 *
 * @param delimiter between fields, ASCII
 * @param quote around fields, ASCII
 * @param header whether the first row names the columns
 * @param nullText an unquoted field that is NULL; what is quoted never is
 * @param guesses whether columns get types by a sample; else all are text
 */
public record CsvDialect(
        char delimiter, char quote, boolean header, Charset encoding, String nullText, boolean guesses) {

    /** RFC 4180 with NULL as PostgreSQL's COPY has it: nothing is NULL, {@code ""} is the empty text. */
    public static final CsvDialect STANDARD =
            new CsvDialect(',', '"', true, java.nio.charset.StandardCharsets.UTF_8, "", true);

    /** Whether bytes of delimiters, quotes and line ends are never part of another character. */
    boolean isCutByBytes() {
        String name = encoding.name();
        return name.equals("UTF-8")
                || name.equals("US-ASCII")
                || name.startsWith("ISO-8859-")
                || name.startsWith("windows-125");
    }

    /**
     * Text in the file's encoding, without a byte order mark before it: what stands alone here is put together later.
     */
    byte[] bytes(String text) {
        int mark = 2 * "a".getBytes(encoding).length - "aa".getBytes(encoding).length;
        byte[] bytes = text.getBytes(encoding);
        return bytes.length < mark ? bytes : Arrays.copyOfRange(bytes, mark, bytes.length);
    }

    boolean isNull(char[] text, int offset, int length, boolean quoted) {
        if (quoted || length != nullText.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[offset + i] != nullText.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
