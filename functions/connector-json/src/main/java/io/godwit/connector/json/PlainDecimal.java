package io.godwit.connector.json;

import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.codec.FieldWriter;

/**
 * Decimals of up to fifteen digits in their plainest form, {@code -12.50}, as PostgreSQL's numeric, without a string.
 */
final class PlainDecimal {
    private static final int MOST_DIGITS = 15;
    private static final int NEGATIVE = 0x4000;
    private static final int BASE = 10_000;

    private final int precision;
    private final int scale;
    private final int[] groups = new int[6];

    /** Of a type without limits, or with a scale that is not negative. */
    PlainDecimal(Decimal type) {
        this.precision = type.precision() == null ? -1 : type.precision();
        this.scale = type.scale() == null ? 0 : type.scale();
    }

    static boolean takes(Decimal type) {
        return type.scale() == null || type.scale() >= 0;
    }

    /** False, and nothing written, where it is not so plain, or does not fit. */
    boolean write(char[] text, int offset, int length, FieldWriter out) {
        int at = offset;
        int end = offset + length;
        boolean negative = length > 0 && text[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        int digits = 0;
        int after = -1;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digits++;
                after += after >= 0 ? 1 : 0;
            } else if (text[at] == '.' && after < 0) {
                after = 0;
            } else {
                return false;
            }
        }
        after = Math.max(after, 0);
        boolean fits = digits > 0 && digits <= MOST_DIGITS;
        if (precision >= 0) {
            fits &= after <= scale && digits - after <= precision - scale && digits + scale - after <= MOST_DIGITS;
            for (; fits && after < scale; after++) {
                value *= 10;
            }
        }
        if (fits) {
            write(negative, value, after, out);
        }
        return fits;
    }

    private void write(boolean negative, long unscaled, int digitsAfter, FieldWriter out) {
        long value = unscaled;
        for (int i = digitsAfter; i % 4 != 0; i++) {
            value *= 10;
        }
        int count = 0;
        for (; value != 0; value /= BASE) {
            groups[count++] = (int) (value % BASE);
        }
        int last = 0;
        while (last < count && groups[last] == 0) {
            last++;
        }
        out.int2(count - last);
        out.int2(count == 0 ? 0 : count - (digitsAfter + 3) / 4 - 1);
        out.int2(negative && count > 0 ? NEGATIVE : 0);
        out.int2(digitsAfter);
        for (int i = count - 1; i >= last; i--) {
            out.int2(groups[i]);
        }
    }
}
