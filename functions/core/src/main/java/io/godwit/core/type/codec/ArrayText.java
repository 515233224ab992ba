package io.godwit.core.type.codec;

import io.godwit.core.type.value.ArrayValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays as {@code {{1,2},{3,NULL}}}, with {@code [0:1][1:2]=} before it where a lower bound is not 1. */
final class ArrayText {
    private static final int UNKNOWN = -1;

    private final TextCursor cursor;
    private final Codec<Object> codec;
    private final char delimiter;
    private final List<@Nullable Object> elements = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final List<Integer> lowerBounds = new ArrayList<>();

    ArrayText(String text, Codec<Object> codec, char delimiter) {
        this.cursor = new TextCursor(text, "an array");
        this.codec = codec;
        this.delimiter = delimiter;
    }

    static String format(ArrayValue value, Codec<Object> codec, char delimiter) {
        if (value.elements().isEmpty()) {
            return "{}";
        }
        StringBuilder text = new StringBuilder();
        if (value.lowerBounds().stream().anyMatch(bound -> bound != 1)) {
            for (int i = 0; i < value.lengths().size(); i++) {
                int lower = value.lowerBounds().get(i);
                text.append('[')
                        .append(lower)
                        .append(':')
                        .append(lower + value.lengths().get(i) - 1)
                        .append(']');
            }
            text.append('=');
        }
        int elements = value.elements().size();
        for (int i = 0; i < elements; i++) {
            text.append(i == 0 ? "" : delimiter).append("{".repeat(dimensionsAt(value, i)));
            Object element = value.elements().get(i);
            text.append(element == null ? "NULL" : quoted(codec.format(element), delimiter));
            text.append("}".repeat(dimensionsAt(value, i + 1)));
        }
        return text.toString();
    }

    /** How many dimensions begin, or end, at an element. */
    private static int dimensionsAt(ArrayValue value, int index) {
        int dimensions = 0;
        int block = 1;
        for (int i = value.lengths().size() - 1; i >= 0; i--) {
            block *= value.lengths().get(i);
            if (index % block != 0) {
                break;
            }
            dimensions++;
        }
        return dimensions;
    }

    private static String quoted(String text, char delimiter) {
        boolean plain =
                !text.isEmpty() && !text.equalsIgnoreCase("NULL") && !TextCursor.hasAny(text, "\"\\{}" + delimiter);
        return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    ArrayValue parse() {
        while (cursor.blanks().skip('[')) {
            int lower = cursor.number(true);
            int upper = lower;
            if (cursor.skip(':')) {
                upper = cursor.number(true);
            } else {
                lower = 1;
            }
            cursor.expect(']');
            lowerBounds.add(lower);
            lengths.add(upper - lower + 1);
        }
        List<Integer> stated = List.copyOf(lengths);
        if (!stated.isEmpty()) {
            cursor.expect('=');
            Collections.fill(lengths, UNKNOWN);
        }
        block(0);
        cursor.expectEnd();
        if (elements.isEmpty()) {
            return ArrayValue.of(elements);
        }
        while (lowerBounds.size() < lengths.size()) {
            lowerBounds.add(1);
        }
        if ((!stated.isEmpty() && !stated.equals(lengths)) || lengths.size() > ArrayValue.MAX_DIMENSIONS) {
            throw cursor.malformed();
        }
        return new ArrayValue(lengths, lowerBounds, elements);
    }

    private void block(int depth) {
        cursor.blanks().expect('{');
        if (depth == lengths.size()) {
            if (!elements.isEmpty() || depth == ArrayValue.MAX_DIMENSIONS) {
                throw cursor.malformed();
            }
            lengths.add(UNKNOWN);
        }
        int length = 0;
        if (!cursor.blanks().skip('}')) {
            do {
                length++;
                if (cursor.blanks().peek() == '{') {
                    block(depth + 1);
                } else if (depth == lengths.size() - 1) {
                    elements.add(element());
                } else {
                    throw cursor.malformed();
                }
            } while (cursor.blanks().skip(delimiter));
            cursor.expect('}');
        }
        if (lengths.get(depth) != UNKNOWN && lengths.get(depth) != length) {
            throw cursor.malformed();
        }
        lengths.set(depth, length);
    }

    private @Nullable Object element() {
        StringBuilder text = new StringBuilder();
        boolean literal = false;
        int end = 0;
        while (cursor.peek() != delimiter && cursor.peek() != '}') {
            if (cursor.skip('"')) {
                cursor.quoted('"', text);
                literal = true;
                end = text.length();
            } else if (cursor.skip('\\')) {
                text.append(cursor.next());
                literal = true;
                end = text.length();
            } else {
                char c = cursor.next();
                text.append(c);
                end = TextCursor.isBlank(c) ? end : text.length();
            }
        }
        text.setLength(end);
        if (text.length() == 0 && !literal) {
            throw cursor.malformed();
        }
        return !literal && text.toString().equalsIgnoreCase("NULL") ? null : codec.parse(text.toString());
    }
}
