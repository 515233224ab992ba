package io.godwit.core.type.codec;

import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The bytes of numeric: int16 number of digits, int16 weight, uint16 sign, uint16 scale to show, then the digits, base
 * 10000, as int16 each. The value is the sum of {@code digit[i] * 10000^(weight - i)}; digits that are zero stand
 * neither first nor last.
 */
final class DecimalLayout {
    static final int MAX_DIGITS_BEFORE_POINT = 131072;

    private static final int POSITIVE = 0x0000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;
    /** What PostgreSQL sends as the scale of an infinity: some bits of its sign. */
    private static final int INFINITY_SCALE = 0x20;

    private static final int SIGN_AT = 4;
    private static final int SCALE_AT = 6;
    private static final int HEADER_BYTES = 8;
    private static final int BASE = 10_000;

    private DecimalLayout() {}

    static DecimalValue read(FieldReader in) {
        int count = in.uint2();
        int weight = in.int2();
        int sign = in.uint2();
        int scale = in.uint2();
        return switch (sign) {
            case NAN -> DecimalValue.NAN;
            case INFINITY -> DecimalValue.INFINITY;
            case NEGATIVE_INFINITY -> DecimalValue.NEGATIVE_INFINITY;
            case POSITIVE -> DecimalValue.of(finite(in, count, weight, scale));
            case NEGATIVE -> DecimalValue.of(finite(in, count, weight, scale).negate());
            default -> throw new InvalidValueException("a numeric with the sign " + sign);
        };
    }

    private static BigDecimal finite(FieldReader in, int count, int weight, int scale) {
        if (scale > DecimalValue.MAX_SCALE || count > in.remaining() / 2) {
            throw new InvalidValueException("a numeric with a scale of " + scale + " and " + count + " digits");
        }
        BigDecimal number = count <= 4 ? small(in, count, weight) : large(in, count, weight);
        return number.signum() == 0 ? BigDecimal.valueOf(0, scale) : number.setScale(scale, RoundingMode.DOWN);
    }

    private static BigDecimal small(FieldReader in, int count, int weight) {
        long digits = 0;
        for (int i = 0; i < count; i++) {
            digits = digits * BASE + digit(in);
        }
        return BigDecimal.valueOf(digits, 4 * (count - 1 - weight));
    }

    private static BigDecimal large(FieldReader in, int count, int weight) {
        char[] decimal = new char[4 * count];
        for (int i = 0; i < count; i++) {
            int digit = digit(in);
            for (int place = 4 * i + 3; place >= 4 * i; place--) {
                decimal[place] = (char) ('0' + digit % 10);
                digit /= 10;
            }
        }
        return new BigDecimal(new BigInteger(new String(decimal)), 4 * (count - 1 - weight));
    }

    private static int digit(FieldReader in) {
        int digit = in.int2();
        if (digit < 0 || digit >= BASE) {
            throw new InvalidValueException("a numeric with a digit of " + digit);
        }
        return digit;
    }

    static void write(DecimalValue value, FieldWriter out) {
        BigDecimal number = value.number();
        if (number == null) {
            header(out, 0, 0, sign(value.kind()), value.kind() == DecimalValue.Kind.NAN ? 0 : INFINITY_SCALE);
            return;
        }
        // Zeros in front and behind so that the point lies between two digits of base 10000.
        int scale = number.scale();
        String plain = number.unscaledValue().abs().toString();
        String padded = plain + "0".repeat(Math.floorMod(-scale, 4));
        int groupsAfter = (scale + 3) / 4;
        padded = "0".repeat(Math.floorMod(-padded.length(), 4)) + padded;
        int groups = padded.length() / 4;
        int first = 0;
        while (first < groups && group(padded, first) == 0) {
            first++;
        }
        int last = groups - 1;
        while (last >= first && group(padded, last) == 0) {
            last--;
        }
        int count = last - first + 1;
        int weight = count == 0 ? 0 : groups - groupsAfter - 1 - first;
        header(out, count, weight, number.signum() < 0 ? NEGATIVE : POSITIVE, scale);
        for (int i = first; i <= last; i++) {
            out.int2(group(padded, i));
        }
    }

    /** A whole number, shown with so many zeros after the point. */
    static void writeWhole(long number, int scale, FieldWriter out) {
        // Counted downwards, as the smallest long has no counterpart.
        long left = number > 0 ? -number : number;
        int trailing = 0;
        while (left != 0 && left % BASE == 0) {
            left /= BASE;
            trailing++;
        }
        int count = 0;
        long divisor = 1;
        for (long rest = left; rest != 0; rest /= BASE) {
            divisor = count == 0 ? 1 : divisor * BASE;
            count++;
        }
        header(out, count, count == 0 ? 0 : count + trailing - 1, number < 0 ? NEGATIVE : POSITIVE, scale);
        for (; count > 0; count--) {
            out.int2((int) -(left / divisor % BASE));
            divisor /= BASE;
        }
    }

    /** Whether the field holds a finite number, not NaN nor an infinity. */
    static boolean isFinite(byte[] from, int offset, int length) {
        return length >= HEADER_BYTES && (from[offset + SIGN_AT] & 0x80) == 0;
    }

    /** A field with another scale to show, which holds all its digits. */
    static void copyWithScale(byte[] from, int offset, int length, int scale, FieldWriter out) {
        int began = out.length();
        out.bytes(from, offset, length);
        if (isFinite(from, offset, length)) {
            out.patchInt2(began + SCALE_AT, scale);
        }
    }

    private static int sign(DecimalValue.Kind kind) {
        return switch (kind) {
            case NAN -> NAN;
            case INFINITY -> INFINITY;
            case NEGATIVE_INFINITY -> NEGATIVE_INFINITY;
            case FINITE -> POSITIVE;
        };
    }

    private static void header(FieldWriter out, int count, int weight, int sign, int scale) {
        out.int2(count);
        out.int2(weight);
        out.int2(sign);
        out.int2(scale);
    }

    private static int group(String digits, int index) {
        int at = 4 * index;
        return (digits.charAt(at) - '0') * 1000
                + (digits.charAt(at + 1) - '0') * 100
                + (digits.charAt(at + 2) - '0') * 10
                + (digits.charAt(at + 3) - '0');
    }
}
