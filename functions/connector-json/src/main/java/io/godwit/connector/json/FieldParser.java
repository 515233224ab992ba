package io.godwit.connector.json;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;

/**
 * Makes a field's bytes of a value's text. Whatever the type could not keep whole is refused, never rounded; but for
 * float4 and float8, whose value is the nearest to what is written, as databases read it: 0.1, and 9007199254740993
 * too.
 */
@FunctionalInterface
public interface FieldParser {

    /** @throws InvalidValueException where the text is no value of the type */
    void parse(char[] text, int offset, int length, FieldWriter out);

    static FieldParser of(LogicalType type) {
        if (type == Scalar.TEXT
                || type == Scalar.JSON
                || type == Scalar.XML
                || type instanceof Foreign
                || (type instanceof VarChar any && any.length() == null)) {
            return FieldParser::utf8;
        }
        FieldParser any = byCodec(type);
        if (type instanceof Decimal decimal && PlainDecimal.takes(decimal)) {
            PlainDecimal plain = new PlainDecimal(decimal);
            return (text, offset, length, out) -> {
                if (!plain.write(text, offset, length, out)) {
                    any.parse(text, offset, length, out);
                }
            };
        }
        if (type == Scalar.FLOAT8) {
            return (text, offset, length, out) -> {
                double value = Digits.float8(text, offset, length);
                if (Double.isNaN(value)) {
                    any.parse(text, offset, length, out);
                } else {
                    out.float8(value);
                }
            };
        }
        if (type == Scalar.INT8 || type == Scalar.INT4 || type == Scalar.INT2) {
            int bytes = type == Scalar.INT8 ? 8 : type == Scalar.INT4 ? 4 : 2;
            return (text, offset, length, out) -> whole(text, offset, length, out, bytes, any);
        }
        if (type == Scalar.DATE) {
            return (text, offset, length, out) -> {
                long days = length == 10 ? Digits.date(text, offset) : Digits.NONE;
                if (days == Digits.NONE) {
                    any.parse(text, offset, length, out);
                } else {
                    out.int4((int) days);
                }
            };
        }
        boolean zoned = type instanceof Temporal moment && moment.kind() == Temporal.Kind.TIMESTAMPTZ;
        if (type instanceof Temporal temporal && (zoned || temporal.kind() == Temporal.Kind.TIMESTAMP)) {
            int most = temporal.precision() == null ? 6 : temporal.precision();
            return (text, offset, length, out) -> {
                long micros = zoned
                        ? Digits.timestamptz(text, offset, length, most)
                        : Digits.timestamp(text, offset, length, most);
                if (micros == Digits.NONE) {
                    any.parse(text, offset, length, out);
                } else {
                    out.int8(micros);
                }
            };
        }
        return any;
    }

    private static FieldParser byCodec(LogicalType type) {
        Codec<Object> codec = Codecs.of(type);
        if (type instanceof Decimal decimal && decimal.precision() != null) {
            int scale = decimal.scale() == null ? 0 : decimal.scale();
            return (text, offset, length, out) -> {
                String value = new String(text, offset, length);
                Digits.requireScale(value, scale);
                codec.write(codec.parse(value), out);
            };
        }
        if (type instanceof Temporal temporal) {
            int most = temporal.precision() == null ? 6 : temporal.precision();
            return (text, offset, length, out) -> {
                String value = new String(text, offset, length);
                Digits.requireFraction(value, most);
                codec.write(codec.parse(value), out);
            };
        }
        return (text, offset, length, out) -> codec.write(codec.parse(new String(text, offset, length)), out);
    }

    private static void whole(char[] text, int offset, int length, FieldWriter out, int bytes, FieldParser any) {
        int at = offset;
        int end = offset + length;
        boolean negative = length > 1 && text[at] == '-';
        if (negative) {
            at++;
        }
        if (end - at > 18 || end == at) {
            any.parse(text, offset, length, out);
            return;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                any.parse(text, offset, length, out);
                return;
            }
            value = value * 10 + digit;
        }
        value = negative ? -value : value;
        if (bytes == 8) {
            out.int8(value);
        } else if (bytes == 4 && (int) value == value) {
            out.int4((int) value);
        } else if (bytes == 2 && (short) value == value) {
            out.int2((int) value);
        } else {
            any.parse(text, offset, length, out);
        }
    }

    private static void utf8(char[] text, int offset, int length, FieldWriter out) {
        if (!out.ascii(text, offset, length)) {
            out.text(new String(text, offset, length));
        }
    }
}
