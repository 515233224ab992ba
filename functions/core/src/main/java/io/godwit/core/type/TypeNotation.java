package io.godwit.core.type;

import io.godwit.core.type.LogicalType.Array;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Range;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the text form of types. {@code parse(type.notation()).equals(type)} for every type.
 *
 * <p>{@code enum('a','it''s')} lists labels as SQL strings; {@code text-form<shop.address>} names a native type.
 */
final class TypeNotation {
    private static final Pattern SIMPLE = Pattern.compile("([a-z0-9_]+)(?:\\((-?[0-9]+)(?:,(-?[0-9]+))?\\))?");
    private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*)'(,|$)");

    private TypeNotation() {}

    static LogicalType parse(String text) {
        if (text.startsWith("text-form<") && text.endsWith(">")) {
            return new Foreign(text.substring("text-form<".length(), text.length() - 1));
        }
        if (text.endsWith("[]")) {
            return new Array(parse(text.substring(0, text.length() - 2)));
        }
        if (text.startsWith("enum(") && text.endsWith(")")) {
            return new Enumeration(labels(text, text.substring("enum(".length(), text.length() - 1)));
        }
        if (text.startsWith("range<") && text.endsWith(">")) {
            return new Range(parse(text.substring("range<".length(), text.length() - 1)), false);
        }
        if (text.startsWith("multirange<") && text.endsWith(">")) {
            return new Range(parse(text.substring("multirange<".length(), text.length() - 1)), true);
        }
        if (text.equals("\"char\"")) {
            return Scalar.CHAR_BYTE;
        }
        Matcher matcher = SIMPLE.matcher(text);
        if (!matcher.matches()) {
            throw unknown(text);
        }
        return simple(text, matcher.group(1), number(matcher.group(2)), number(matcher.group(3)));
    }

    static String enumeration(List<String> labels) {
        return labels.stream()
                .map(label -> "'" + label.replace("'", "''") + "'")
                .collect(java.util.stream.Collectors.joining(",", "enum(", ")"));
    }

    private static LogicalType simple(String text, String name, @Nullable Integer first, @Nullable Integer second) {
        return switch (name) {
            case "numeric", "decimal" ->
                new Decimal(first, first == null ? null : second == null ? Integer.valueOf(0) : second);
            case "varchar" -> new VarChar(first);
            case "char" -> new BlankPaddedChar(first == null ? Integer.valueOf(1) : first);
            case "bpchar" -> new BlankPaddedChar(first);
            case "bit" -> new Bits(first, false);
            case "varbit" -> new Bits(first, true);
            case "time", "timetz", "timestamp", "timestamptz", "interval" ->
                new Temporal(Temporal.Kind.valueOf(name.toUpperCase(Locale.ROOT)), first);
            default -> scalar(text, name, first);
        };
    }

    private static LogicalType scalar(String text, String name, @Nullable Integer first) {
        for (Scalar scalar : Scalar.values()) {
            if (first == null && scalar.notation().equals(name)) {
                return scalar;
            }
        }
        throw unknown(text);
    }

    private static List<String> labels(String text, String list) {
        List<String> labels = new ArrayList<>();
        Matcher matcher = LABEL.matcher(list);
        int end = 0;
        while (end < list.length() && matcher.find(end) && matcher.start() == end) {
            labels.add(matcher.group(1).replace("''", "'"));
            end = matcher.end();
        }
        if (end != list.length()) {
            throw unknown(text);
        }
        return labels;
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("not a type: " + text);
    }
}
