package io.godwit.core.type.value;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An exact decimal with the number of digits that it shows after the point, or NaN or an infinity. {@code 1.0} and
 * {@code 1.00} are not equal, though neither is above the other. NaN is above all.
 *
 * @param number its scale is at least 0 and at most {@link #MAX_SCALE}; null for what is not a finite number
 */
public record DecimalValue(Kind kind, @Nullable BigDecimal number) implements Comparable<DecimalValue> {
    public static final int MAX_SCALE = 0x3FFF;

    public static final DecimalValue NAN = new DecimalValue(Kind.NAN, null);
    public static final DecimalValue INFINITY = new DecimalValue(Kind.INFINITY, null);
    public static final DecimalValue NEGATIVE_INFINITY = new DecimalValue(Kind.NEGATIVE_INFINITY, null);

    /** In ascending order. */
    public enum Kind {
        NEGATIVE_INFINITY,
        FINITE,
        INFINITY,
        NAN
    }

    public DecimalValue {
        if ((kind == Kind.FINITE) != (number != null)) {
            throw new IllegalArgumentException("a finite number has digits, and nothing else has");
        }
        if (number != null && (number.scale() < 0 || number.scale() > MAX_SCALE)) {
            throw new IllegalArgumentException("a scale of " + number.scale());
        }
    }

    /** A finite number; a negative scale becomes 0. */
    public static DecimalValue of(BigDecimal number) {
        return new DecimalValue(Kind.FINITE, number.scale() < 0 ? number.setScale(0) : number);
    }

    public static DecimalValue of(long number) {
        return of(BigDecimal.valueOf(number));
    }

    @Override
    public int compareTo(DecimalValue other) {
        return number != null && other.number != null ? number.compareTo(other.number) : kind.compareTo(other.kind);
    }

    /** As PostgreSQL writes it. */
    @Override
    public String toString() {
        return switch (kind) {
            case NAN -> "NaN";
            case INFINITY -> "Infinity";
            case NEGATIVE_INFINITY -> "-Infinity";
            case FINITE -> number == null ? "" : number.toPlainString();
        };
    }
}
