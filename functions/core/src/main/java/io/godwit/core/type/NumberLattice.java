package io.godwit.core.type;

import static io.godwit.core.type.TypeDecision.identical;
import static io.godwit.core.type.TypeDecision.impossible;
import static io.godwit.core.type.TypeDecision.narrowing;
import static io.godwit.core.type.TypeDecision.widening;

import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import java.util.EnumSet;
import java.util.Set;

/** Numbers, and what counts as one: truth and money. */
final class NumberLattice {
    private static final Set<Scalar> FLOATS = EnumSet.of(Scalar.FLOAT4, Scalar.FLOAT8);

    private NumberLattice() {}

    static boolean isNumber(LogicalType type) {
        return type instanceof Decimal
                || type == Scalar.BOOL
                || type == Scalar.MONEY
                || (type instanceof Scalar scalar && (FLOATS.contains(scalar) || Whole.of(scalar) != Whole.NONE));
    }

    /** What a whole number of each type may be: how many bits, whether a sign, how many decimal digits. */
    private enum Whole {
        INT2(15, true, 5),
        INT4(31, true, 10),
        INT8(63, true, 19),
        OID(32, false, 10),
        XID8(64, false, 20),
        NONE(0, false, 0);

        private final int bits;
        private final boolean signed;
        private final int digits;

        Whole(int bits, boolean signed, int digits) {
            this.bits = bits;
            this.signed = signed;
            this.digits = digits;
        }

        static Whole of(LogicalType type) {
            for (Whole whole : values()) {
                if (type instanceof Scalar scalar && whole.name().equals(scalar.name())) {
                    return whole;
                }
            }
            return NONE;
        }

        boolean fitsInto(Whole other) {
            return bits <= other.bits && (!signed || other.signed);
        }
    }

    static TypeDecision decide(LogicalType from, LogicalType to) {
        Whole whole = Whole.of(from);
        if (from == Scalar.BOOL || to == Scalar.BOOL) {
            return truth(from, to);
        }
        if (from == Scalar.MONEY || to == Scalar.MONEY) {
            return from instanceof Decimal || to instanceof Decimal
                    ? narrowing("how many digits of money are minor units is the database's setting: two are assumed")
                    : impossible(from, to);
        }
        if (whole != Whole.NONE) {
            return wholeTo(whole, from, to);
        }
        if (from == Scalar.FLOAT4 && to == Scalar.FLOAT8) {
            return widening("every value is one of " + to.notation());
        }
        if (from instanceof Decimal one && to instanceof Decimal other) {
            return decimals(one, other);
        }
        if (from instanceof Decimal) {
            return narrowing(
                    to instanceof Scalar scalar && FLOATS.contains(scalar)
                            ? "values are rounded to binary fractions"
                            : "values are rounded to whole numbers, and refused where these are out of range or none");
        }
        return narrowing(
                "values are rounded or written as decimals; what " + to.notation() + " cannot hold is refused");
    }

    private static TypeDecision truth(LogicalType from, LogicalType to) {
        if (Whole.of(to).signed) {
            return widening("true is 1, false is 0");
        }
        return Whole.of(from).signed ? narrowing("1 is true, 0 is false, others are refused") : impossible(from, to);
    }

    private static TypeDecision wholeTo(Whole whole, LogicalType from, LogicalType to) {
        Whole other = Whole.of(to);
        if (other != Whole.NONE) {
            return whole.fitsInto(other)
                    ? widening("every value is one of " + to.notation())
                    : narrowing("values out of the range of " + to.notation() + " are refused");
        }
        if (to instanceof Decimal decimal) {
            Integer precision = decimal.precision();
            int scale = decimal.scale() == null ? 0 : decimal.scale();
            return precision == null || (scale >= 0 && precision - scale >= whole.digits)
                    ? widening("every value is one of " + to.notation())
                    : narrowing("values with more digits than " + to.notation() + " are refused or rounded");
        }
        int exactBits = to == Scalar.FLOAT4 ? 24 : 53;
        return whole.bits <= exactBits
                ? widening("every value is one of " + to.notation())
                : narrowing(from.notation() + " values of more than " + exactBits + " bits are rounded");
    }

    private static TypeDecision decimals(Decimal from, Decimal to) {
        if (to.precision() == null) {
            return identical("no limit to the digits");
        }
        if (from.precision() == null) {
            return narrowing("values are rounded to " + to.notation() + ", larger and infinite ones are refused");
        }
        int fromScale = from.scale() == null ? 0 : from.scale();
        int toScale = to.scale() == null ? 0 : to.scale();
        if (toScale < fromScale || to.precision() - toScale < from.precision() - fromScale) {
            return narrowing("values are rounded to " + to.notation() + ", larger ones are refused");
        }
        return Math.max(fromScale, 0) == Math.max(toScale, 0)
                ? identical("room for more digits")
                : widening("more digits are shown after the point");
    }
}
