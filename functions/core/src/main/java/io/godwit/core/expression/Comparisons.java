package io.godwit.core.expression;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.DecimalValue;
import io.godwit.core.type.value.TimeValue;
import io.godwit.core.type.value.TimestampValue;
import java.util.Arrays;
import java.util.UUID;

/** The order of values of one type. Text is compared by code point, whatever the database's collation. */
final class Comparisons {
    private Comparisons() {}

    /** Whether values of the type have an order here. */
    static boolean isOrdered(LogicalType type) {
        return Typed.isText(type)
                || Numbers.isNumber(type)
                || type == Scalar.BOOL
                || type == Scalar.DATE
                || type == Scalar.UUID
                || type == Scalar.BYTEA
                || (type instanceof Temporal temporal
                        && temporal.kind() != Temporal.Kind.INTERVAL
                        && temporal.kind() != Temporal.Kind.TIMETZ);
    }

    /** Below 0, 0, or above 0, for two values of one ordered type. */
    static int compare(Object left, Object right) {
        if (left instanceof String text) {
            return text(text, (String) right);
        }
        if (left instanceof Double one) {
            double other = (Double) right; // NaN equals itself and is above all; there is one zero
            return one < other ? -1 : one > other ? 1 : Boolean.compare(one.isNaN(), Double.isNaN(other));
        }
        if (left instanceof Number whole) {
            return Long.compare(whole.longValue(), ((Number) right).longValue());
        }
        if (left instanceof DecimalValue decimal) {
            return decimal.compareTo((DecimalValue) right);
        }
        if (left instanceof Boolean bool) {
            return bool.compareTo((Boolean) right);
        }
        if (left instanceof DateValue date) {
            return date.compareTo((DateValue) right);
        }
        if (left instanceof TimestampValue moment) {
            return moment.compareTo((TimestampValue) right);
        }
        if (left instanceof TimeValue time) {
            return Long.compare(time.micros(), ((TimeValue) right).micros());
        }
        if (left instanceof UUID one) {
            UUID other = (UUID) right;
            int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
            return high != 0
                    ? high
                    : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
        }
        return Arrays.compareUnsigned((byte[]) left, (byte[]) right);
    }

    static boolean holds(String operator, int compared) {
        return switch (operator) {
            case "=" -> compared == 0;
            case "<>" -> compared != 0;
            case "<" -> compared < 0;
            case "<=" -> compared <= 0;
            case ">" -> compared > 0;
            default -> compared >= 0;
        };
    }

    private static int text(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int at = 0; at < shorter; at++) {
            char one = left.charAt(at);
            char other = right.charAt(at);
            if (one != other) {
                // A surrogate stands for a code point above all that need none.
                boolean sameKind = Character.isSurrogate(one) == Character.isSurrogate(other);
                return sameKind ? Character.compare(one, other) : Character.isSurrogate(one) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
