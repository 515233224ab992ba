package io.godwit.connector.kit;

import java.util.List;

final class TextSamples {
    private TextSamples() {}

    static List<TypeSample> all() {
        return List.of(
                TypeSample.of(
                        "text",
                        "",
                        " ",
                        "a",
                        "NULL",
                        "\\N",
                        "\\.",
                        "it's",
                        "\"",
                        "a\\b",
                        "\t\n\r\u000B\f",
                        "\u0001\u007F",
                        "GRÜN",
                        "日本語",
                        "🐦🐦",
                        "e\u0301",
                        "\u05E2\u05D1\u05E8\u05D9\u05EA",
                        "\uFFFD",
                        "\uFEFFmark",
                        "\u2028",
                        "a".repeat(10_000),
                        "🐦".repeat(3000)),
                TypeSample.of("varchar", "", "a", "🐦"),
                TypeSample.of("varchar(3)", "", "abc", "🐦🐦🐦", " a "),
                TypeSample.of("char(4)", "", "ab", "ab  ", "🐦", "four"),
                TypeSample.named("bpchar", "bpchar", "", "ab  ", "ab"),
                TypeSample.of("name", "", "a", "x".repeat(63), "Mixed \"Case\""),
                TypeSample.of("\"char\"", "", "a", " ", "\\", "\\200", "\\377"),
                TypeSample.of("bytea", "\\x", "\\x00", "\\x5c78", "\\x" + allBytes(), "\\x" + "ff00".repeat(5000)),
                TypeSample.of(
                        "json",
                        "null",
                        "\"\"",
                        "{}",
                        "[]",
                        "0",
                        "{\"b\" : 1,\n \"a\":2, \"a\":3}",
                        "\"\\u0000\"",
                        "\"🐦\"",
                        "1e400",
                        "[1.00, -0]"),
                TypeSample.of(
                        "jsonb",
                        "null",
                        "\"\"",
                        "{}",
                        "[]",
                        "{\"b\" : 1, \"a\":2, \"a\":3}",
                        "1.00",
                        "\"🐦\"",
                        "{\"a\": [true, {\"b\": null}]}",
                        "1e400"),
                TypeSample.of("jsonpath", "$", "$.a[*] ? (@.b > 1)", "strict $.\"a b\"", "lax $.**{1 to 3}"),
                TypeSample.of(
                        "tsvector", "", "a", "fat:1A rat:2,3B cat:16383", "'it''s':1 'a b':2C '\\\\':3", "GRÜN:1D"),
                TypeSample.of(
                        "tsquery",
                        "",
                        "a",
                        "fat & rat",
                        "fat | rat & !cat",
                        "( fat | rat ) & cat:*AB",
                        "!( a & b )",
                        "a <-> b",
                        "a <3> ( b <-> c )",
                        "( a <-> b ) <-> c",
                        "!!a",
                        "'it''s' & 'a b':D",
                        "a <-> ( b | c )",
                        "!a <-> b",
                        "( a & b ) | ( c & d )",
                        "a | ( b | c )"));
    }

    private static String allBytes() {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            hex.append(Character.forDigit(i / 16, 16)).append(Character.forDigit(i % 16, 16));
        }
        return hex.toString();
    }
}
