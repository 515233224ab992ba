package io.godwit.core.type;

import static io.godwit.core.type.TypeDecision.identical;
import static io.godwit.core.type.TypeDecision.impossible;
import static io.godwit.core.type.TypeDecision.narrowing;
import static io.godwit.core.type.TypeDecision.widening;

import io.godwit.core.type.LogicalType.Array;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Range;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.TypeDecision.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which types hold all values of which. {@link io.godwit.core.type.codec.FieldConverters} does what this allows: there
 * is a converter for every pair that is not impossible.
 */
public final class TypeLattice {
    private TypeLattice() {}

    /** What becomes of values of {@code from} in a column of {@code to}. */
    public static TypeDecision decide(LogicalType from, LogicalType to) {
        if (from.equals(to)) {
            return identical("the types are the same");
        }
        if (TextLattice.isText(to)) {
            return TextLattice.toText(from, to);
        }
        if (TextLattice.isText(from)) {
            return TextLattice.fromText(from, to);
        }
        if (from instanceof Foreign || to instanceof Foreign) {
            return narrowing("the text form of each value must read as " + to.notation());
        }
        if (NumberLattice.isNumber(from) && NumberLattice.isNumber(to)) {
            return NumberLattice.decide(from, to);
        }
        if (TemporalLattice.isTemporal(from) && TemporalLattice.isTemporal(to)) {
            return TemporalLattice.decide(from, to);
        }
        if (from instanceof Array one && to instanceof Array other) {
            return elements(one, other);
        }
        if (from instanceof Range one && to instanceof Range other) {
            return ranges(one, other);
        }
        if (from instanceof Bits one && to instanceof Bits other) {
            return bits(one, other);
        }
        return from instanceof Scalar one && to instanceof Scalar other ? scalars(one, other) : impossible(from, to);
    }

    private static TypeDecision scalars(Scalar from, Scalar to) {
        if (from == Scalar.CIDR && to == Scalar.INET) {
            return widening("every network is an address with a prefix");
        }
        if (from == Scalar.INET && to == Scalar.CIDR) {
            return narrowing("addresses with bits after the prefix are refused");
        }
        if (from == Scalar.MACADDR && to == Scalar.MACADDR8) {
            return widening("ff:fe is put into the middle");
        }
        if (from == Scalar.JSONB && to == Scalar.JSON) {
            return widening("the same text");
        }
        if (from == Scalar.JSON && to == Scalar.JSONB) {
            return narrowing("the target forgets blanks, the order of keys, and all but the last of equal keys");
        }
        return impossible(from, to);
    }

    private static TypeDecision bits(Bits from, Bits to) {
        boolean fits = fits(from.length(), to.length());
        if (to.varying() && fits) {
            return identical("room for every bit");
        }
        return to.varying() || from.varying()
                ? narrowing("values that have not the length of " + to.notation() + " are refused")
                : impossible(from, to);
    }

    private static TypeDecision elements(Array from, Array to) {
        TypeDecision elements = decide(from.element(), to.element());
        if (elements.kind() == Kind.IMPOSSIBLE) {
            return impossible(from, to);
        }
        boolean sameOid = BuiltInOids.ofElement(from.element()) == BuiltInOids.ofElement(to.element());
        Kind kind = elements.isIdentical() && !sameOid ? Kind.WIDENING : elements.kind();
        return new TypeDecision(kind, "of its elements: " + elements.reason());
    }

    private static TypeDecision ranges(Range from, Range to) {
        TypeDecision bounds = decide(from.bound(), to.bound());
        if (bounds.kind() == Kind.IMPOSSIBLE || (from.multi() && !to.multi())) {
            return impossible(from, to);
        }
        if (from.multi() != to.multi()) {
            return bounds.isLossless()
                    ? widening("a set of the one range; of its bounds: " + bounds.reason())
                    : narrowing("a set of the one range; of its bounds: " + bounds.reason());
        }
        boolean sameSteps = isStepped(from.bound()) == isStepped(to.bound()) || to.bound() instanceof Temporal;
        return sameSteps
                ? new TypeDecision(bounds.kind(), "of its bounds: " + bounds.reason())
                : narrowing("a range of whole numbers becomes one that holds all between them too");
    }

    private static boolean isStepped(LogicalType bound) {
        return bound == Scalar.INT4 || bound == Scalar.INT8 || bound == Scalar.DATE;
    }

    /** Whether what is limited so fits where it is limited so; null: not limited. */
    static boolean fits(@Nullable Integer limit, @Nullable Integer into) {
        return into == null || (limit != null && limit <= into);
    }
}
