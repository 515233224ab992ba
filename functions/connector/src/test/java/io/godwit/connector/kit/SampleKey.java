package io.godwit.connector.kit;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Kinds of keys by which tables are split.
 *
 * @param types of its columns, as in {@link SampleTable.SampleColumn}
 * @param value the key of row i, different for every i from 0
 */
public record SampleKey(String label, List<String> types, IntFunction<List<String>> value) {
    private static final int SPREAD = 7919;

    /** All that a source has to split by, in PostgreSQL's words. */
    public static List<SampleKey> all() {
        return List.of(
                one("int4 without gaps", "int4", String::valueOf),
                one("int8 with gaps", "int8", i -> String.valueOf((long) i * i * SPREAD)),
                one("negative int8", "int8", i -> String.valueOf(-1000L * i)),
                one(
                        "int8 from end to end",
                        "int8",
                        i -> i == 0 ? "-9223372036854775808" : i == 1 ? "9223372036854775807" : String.valueOf(i)),
                one("int8 with one far outlier", "int8", i -> i == 0 ? "9000000000000000000" : String.valueOf(i)),
                one("uuid", "uuid", i -> new UUID(mixed(i), mixed(-i - 1)).toString()),
                one("text under the database's collation", "text", SampleKey::word),
                one("text under another collation", "text COLLATE \"und-x-icu\"", SampleKey::word),
                one("text that no sorting tells from plain", "text COLLATE \"C\"", i -> "k'\\\"%_ \t" + word(i)),
                one("char", "char(12)", i -> "c" + i),
                one("numeric with its extremes", "numeric", SampleKey::number),
                one("float8 with its extremes", "float8", i -> i == 0 ? "NaN" : i == 1 ? "-Infinity" : i + ".1"),
                one("timestamptz with its extremes", "timestamptz", SampleKey::moment),
                one(
                        "date",
                        "date",
                        i -> java.time.LocalDate.of(1990, 1, 1).plusDays(i).toString()),
                one("bytea", "bytea", i -> String.format(Locale.ROOT, "\\x%016x", mixed(i))),
                new SampleKey("int4 and text", List.of("int4", "text"), i -> List.of(String.valueOf(i % 7), word(i))),
                new SampleKey(
                        "one int4 for all and int8", List.of("int4", "int8"), i -> List.of("1", String.valueOf(i))),
                new SampleKey(
                        "text, bool and uuid",
                        List.of("varchar(5)", "bool", "uuid"),
                        i -> List.of("x" + i % 3, String.valueOf(i % 2 == 0), new UUID(i, i).toString())));
    }

    private static SampleKey one(String label, String type, IntFunction<String> value) {
        return new SampleKey(label, List.of(type), i -> List.of(value.apply(i)));
    }

    private static long mixed(long i) {
        return (i + 1) * 0x9E3779B97F4A7C15L;
    }

    /** Words that collations put in orders of their own. */
    private static String word(int i) {
        String[] starts = {"a", "A", "ä", "Z", "z", "é", "-", " ", "ß", "日", "🐦", "'", "10", "9", ""};
        return starts[i % starts.length] + Long.toString(Math.abs(mixed(i) >> 20), 36) + i;
    }

    private static String number(int i) {
        return switch (i) {
            case 0 -> "NaN";
            case 1 -> "Infinity";
            case 2 -> "-Infinity";
            case 3 -> BigInteger.TEN.pow(200).toString();
            default -> (i % 2 == 0 ? "-" : "") + i + ".000" + i;
        };
    }

    private static String moment(int i) {
        return switch (i) {
            case 0 -> "infinity";
            case 1 -> "-infinity";
            case 2 -> "0044-03-15 12:00:00+00 BC";
            default ->
                java.time.Instant.parse("2020-01-01T00:00:00.000001Z")
                        .plusSeconds(i * 3600L)
                        .toString();
        };
    }

    @Override
    public String toString() {
        return label;
    }
}
