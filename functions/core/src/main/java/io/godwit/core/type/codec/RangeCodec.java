package io.godwit.core.type.codec;

import io.godwit.core.type.value.RangeValue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Ranges: one byte of flags, then, each with its length before it, the bounds that are there.
 *
 * @param next the value after a value, of a type that has such: its ranges are kept as {@code [from, to)}; else null
 */
record RangeCodec<T extends Comparable<? super T>>(
        Codec<T> bound, @Nullable UnaryOperator<T> next) implements Codec<RangeValue<T>> {
    private static final int EMPTY = 0x01;
    private static final int LOWER_INCLUDED = 0x02;
    private static final int UPPER_INCLUDED = 0x04;
    private static final int NO_LOWER = 0x08;
    private static final int NO_UPPER = 0x10;
    /** The characters for which a bound is quoted, beside blanks. */
    private static final String QUOTED = "\"\\()[],";

    @Override
    public RangeValue<T> read(FieldReader in) {
        int flags = in.int1();
        if ((flags & EMPTY) != 0) {
            return RangeValue.nothing();
        }
        T lower = (flags & NO_LOWER) != 0 ? null : readBound(in);
        T upper = (flags & NO_UPPER) != 0 ? null : readBound(in);
        return new RangeValue<>(
                lower,
                lower != null && (flags & LOWER_INCLUDED) != 0,
                upper,
                upper != null && (flags & UPPER_INCLUDED) != 0,
                false);
    }

    private T readBound(FieldReader in) {
        FieldReader part = in.part(in.int4());
        T value = bound.read(part);
        part.end();
        return value;
    }

    @Override
    public void write(RangeValue<T> value, FieldWriter out) {
        T lower = value.lower();
        T upper = value.upper();
        if (value.empty()) {
            out.int1(EMPTY);
            return;
        }
        out.int1((value.lowerIncluded() ? LOWER_INCLUDED : 0)
                | (value.upperIncluded() ? UPPER_INCLUDED : 0)
                | (lower == null ? NO_LOWER : 0)
                | (upper == null ? NO_UPPER : 0));
        writeBound(lower, out);
        writeBound(upper, out);
    }

    private void writeBound(@Nullable T value, FieldWriter out) {
        if (value != null) {
            int began = out.beginElement();
            bound.write(value, out);
            out.endElement(began);
        }
    }

    @Override
    public String format(RangeValue<T> value) {
        return value.empty()
                ? "empty"
                : (value.lowerIncluded() ? "[" : "(")
                        + text(value.lower())
                        + ","
                        + text(value.upper())
                        + (value.upperIncluded() ? "]" : ")");
    }

    private String text(@Nullable T value) {
        if (value == null) {
            return "";
        }
        String text = bound.format(value);
        boolean quoted = text.isEmpty() || TextCursor.hasAny(text, QUOTED);
        return quoted ? "\"" + text.replace("\\", "\\\\").replace("\"", "\"\"") + "\"" : text;
    }

    @Override
    public RangeValue<T> parse(String text) {
        TextCursor cursor = new TextCursor(text, "a range");
        RangeValue<T> value = parse(cursor);
        cursor.expectEnd();
        return value;
    }

    RangeValue<T> parse(TextCursor cursor) {
        if (cursor.blanks().peek() == 'e' || cursor.peek() == 'E') {
            for (char c : "empty".toCharArray()) {
                if (Character.toLowerCase(cursor.next()) != c) {
                    throw cursor.malformed();
                }
            }
            return RangeValue.nothing();
        }
        boolean lowerIncluded = cursor.skip('[');
        if (!lowerIncluded) {
            cursor.expect('(');
        }
        T lower = parseBound(cursor);
        cursor.expect(',');
        T upper = parseBound(cursor);
        boolean upperIncluded = cursor.skip(']');
        if (!upperIncluded) {
            cursor.expect(')');
        }
        return ordered(lower, lowerIncluded, upper, upperIncluded);
    }

    private @Nullable T parseBound(TextCursor cursor) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        while (cursor.peek() != ',' && cursor.peek() != ')' && cursor.peek() != ']') {
            if (cursor.skip('"')) {
                cursor.quoted('"', text);
                quoted = true;
            } else {
                cursor.skip('\\');
                text.append(cursor.next());
            }
        }
        return quoted || text.length() > 0 ? bound.parse(text.toString()) : null;
    }

    private RangeValue<T> ordered(@Nullable T from, boolean lowerIncluded, @Nullable T to, boolean upperIncluded) {
        T lower = from;
        T upper = to;
        boolean fromIncluded = lowerIncluded && lower != null;
        boolean toIncluded = upperIncluded && upper != null;
        if (lower != null && upper != null && lower.compareTo(upper) > 0) {
            throw new InvalidValueException("a range whose lower bound is above its upper one");
        }
        if (next != null && lower != null && !fromIncluded) {
            lower = next.apply(lower);
            fromIncluded = true;
        }
        if (next != null && upper != null && toIncluded) {
            upper = next.apply(upper);
            toIncluded = false;
        }
        if (lower != null && upper != null && lower.compareTo(upper) >= 0 && !(fromIncluded && toIncluded)) {
            return RangeValue.nothing();
        }
        return new RangeValue<>(lower, fromIncluded, upper, toIncluded, false);
    }
}
