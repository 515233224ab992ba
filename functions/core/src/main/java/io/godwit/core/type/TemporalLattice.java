package io.godwit.core.type;

import static io.godwit.core.type.TypeDecision.identical;
import static io.godwit.core.type.TypeDecision.impossible;
import static io.godwit.core.type.TypeDecision.narrowing;
import static io.godwit.core.type.TypeDecision.widening;

import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.Temporal.Kind;
import org.jspecify.annotations.Nullable;

/** Dates, times and intervals. */
final class TemporalLattice {
    private static final int ALL_DIGITS = 6;

    private TemporalLattice() {}

    static boolean isTemporal(LogicalType type) {
        return type == Scalar.DATE || type instanceof Temporal;
    }

    static TypeDecision decide(LogicalType from, LogicalType to) {
        Kind source = kind(from);
        Kind target = kind(to);
        if (source == null) {
            return target == Kind.TIMESTAMP
                    ? widening("midnight of the day; days after the year 294276 are refused")
                    : target == Kind.TIMESTAMPTZ
                            ? narrowing("midnight UTC of the day is assumed")
                            : impossible(from, to);
        }
        if (target == null) {
            return source == Kind.TIMESTAMP || source == Kind.TIMESTAMPTZ
                    ? narrowing("the time of day is left out" + (source == Kind.TIMESTAMP ? "" : ", the day is UTC's"))
                    : impossible(from, to);
        }
        boolean keepsFraction = digits(from) <= digits(to);
        if (source == target) {
            return keepsFraction
                    ? identical("room for every digit of the second")
                    : narrowing("seconds are rounded to " + digits(to) + " digits");
        }
        if (source == Kind.TIME && target == Kind.INTERVAL) {
            return keepsFraction ? widening("the time since midnight") : narrowing("seconds are rounded");
        }
        return crossing(from, to, source, target);
    }

    private static TypeDecision crossing(LogicalType from, LogicalType to, Kind source, Kind target) {
        if (source == Kind.TIMESTAMP && target == Kind.TIMESTAMPTZ) {
            return narrowing("times are taken to be UTC's");
        }
        if (source == Kind.TIMESTAMPTZ && target == Kind.TIMESTAMP) {
            return narrowing("moments become times of UTC, and no longer say so");
        }
        if (source == Kind.TIME && target == Kind.TIMETZ) {
            return narrowing("times are taken to be UTC's");
        }
        return source == Kind.TIMETZ && target == Kind.TIME ? narrowing("the zone is left out") : impossible(from, to);
    }

    private static @Nullable Kind kind(LogicalType type) {
        return type instanceof Temporal temporal ? temporal.kind() : null;
    }

    private static int digits(LogicalType type) {
        Integer precision = type instanceof Temporal temporal ? temporal.precision() : null;
        return precision == null ? ALL_DIGITS : precision;
    }
}
