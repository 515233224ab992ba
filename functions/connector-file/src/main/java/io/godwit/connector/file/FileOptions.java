package io.godwit.connector.file;

import io.godwit.connector.OptionCheck;
import io.godwit.connector.file.format.CsvDialect;
import io.godwit.connector.file.format.CsvFormat;
import io.godwit.connector.file.format.Format;
import io.godwit.connector.file.format.JsonLinesFormat;
import io.godwit.connector.file.format.parquet.ParquetFormat;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a connection's options say of its files.
 *
 * @param partitions columns whose values name the folders of files that are written, from the outermost
 */
record FileOptions(Format format, boolean compressed, List<String> partitions) {
    static final Set<String> NAMES =
            Set.of("format", "delimiter", "quote", "header", "encoding", "null", "types", "compression", "partition");

    private static final Set<String> OF_CSV = Set.of("delimiter", "quote", "header", "encoding", "null", "types");

    private static final Map<String, String> DELIMITERS = Map.of("tab", "\t", "\\t", "\t");

    static FileOptions of(Connection connection) {
        Reader options = new Reader(connection);
        String format = options.oneOf("format", List.of("csv", "jsonl", "parquet"));
        boolean packed = format.equals("parquet");
        String compression =
                options.oneOf("compression", packed ? ParquetFormat.COMPRESSIONS : List.of("none", "gzip"));
        List<String> partitions = options.partitions();
        if (format.equals("csv")) {
            return new FileOptions(new CsvFormat(options.dialect()), compression.equals("gzip"), partitions);
        }
        connection.options().keySet().stream()
                .filter(OF_CSV::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw options.refused(name, "is for format csv", "Leave it out.");
                });
        return packed
                ? new FileOptions(new ParquetFormat(compression), false, partitions)
                : new FileOptions(new JsonLinesFormat(), compression.equals("gzip"), partitions);
    }

    /** How names of files end that are written. */
    String ending() {
        return format.endings().get(0) + (compressed ? Compression.ENDING : "");
    }

    private record Reader(Connection connection) {

        CsvDialect dialect() {
            char delimiter = character("delimiter", ",");
            char quote = character("quote", "\"");
            if (delimiter == quote) {
                throw refused("quote", "is the delimiter too", "Choose another character for one of them.");
            }
            return new CsvDialect(
                    delimiter,
                    quote,
                    oneOf("header", List.of("true", "false")).equals("true"),
                    encoding(),
                    nullText(delimiter, quote),
                    oneOf("types", List.of("guess", "text")).equals("guess"));
        }

        List<String> partitions() {
            String value = connection.options().get("partition");
            if (value == null) {
                return List.of();
            }
            List<String> names =
                    Arrays.stream(value.split(",", -1)).map(String::strip).toList();
            if (names.contains("") || names.size() > Set.copyOf(names).size()) {
                throw refused("partition", "names a column twice, or none", "Write names of columns: country,day");
            }
            return names;
        }

        /** @param words the first is the standard */
        String oneOf(String name, List<String> words) {
            String value = connection.options().getOrDefault(name, words.get(0));
            if (!words.contains(value)) {
                throw refused(name, "is none of " + String.join(", ", words), "Write one of them.");
            }
            return value;
        }

        private char character(String name, String standard) {
            String value = connection.options().getOrDefault(name, standard);
            value = DELIMITERS.getOrDefault(value, value);
            if (value.length() != 1 || value.charAt(0) >= 0x7F || "\r\n\0".contains(value)) {
                throw refused(
                        name, "is not one character of ASCII", "Write one such as , or ;, or tab for a tabulator.");
            }
            return value.charAt(0);
        }

        private String nullText(char delimiter, char quote) {
            String text = connection.options().getOrDefault("null", "");
            if (text.indexOf(delimiter) >= 0 || text.indexOf(quote) >= 0 || text.matches("(?s).*[\r\n].*")) {
                throw refused(
                        "null",
                        "has a delimiter, a quote or a line end in it",
                        "Write a word such as \\N or NULL, or nothing.");
            }
            return text;
        }

        private Charset encoding() {
            String name = connection.options().getOrDefault("encoding", "UTF-8");
            try {
                return Charset.forName(name);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw refused(
                        "encoding", "is no encoding that is known here", "Write one such as UTF-8 or windows-1252.");
            }
        }

        GodwitException refused(String name, String why, String remedy) {
            return OptionCheck.refused(connection, name, why, remedy);
        }
    }
}
