package io.godwit.core.type;

import static io.godwit.core.type.TypeDecision.identical;
import static io.godwit.core.type.TypeDecision.narrowing;
import static io.godwit.core.type.TypeDecision.widening;

import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import org.jspecify.annotations.Nullable;

/** What is text, and what becomes text. */
final class TextLattice {
    private TextLattice() {}

    /** Text of any kind. An enumeration is text too, of few words. */
    static boolean isText(LogicalType type) {
        return type == Scalar.TEXT
                || type == Scalar.NAME
                || type instanceof VarChar
                || type instanceof BlankPaddedChar
                || type instanceof Enumeration;
    }

    static TypeDecision toText(LogicalType from, LogicalType to) {
        if (to instanceof Enumeration labels) {
            return toLabels(from, labels);
        }
        Integer limit = limit(to);
        boolean fits = TypeLattice.fits(longest(from), limit);
        if (!fits) {
            return narrowing("text of more than " + limit + " characters is refused");
        }
        boolean padded = from instanceof BlankPaddedChar;
        if (to instanceof BlankPaddedChar target && target.length() != null) {
            return padded || !isText(from)
                    ? widening("text padded with blanks")
                    : narrowing("blanks at the end are no longer part of the value");
        }
        if (from == Scalar.MONEY) {
            return narrowing("money is written with a dollar sign and two digits after the point");
        }
        if (padded) {
            return widening("text without the blanks that pad it");
        }
        boolean sameBytes = isText(from) || from instanceof Foreign || from == Scalar.JSON || from == Scalar.XML;
        return sameBytes ? identical("room for every value's text") : widening("the text form of each value");
    }

    private static TypeDecision toLabels(LogicalType from, Enumeration to) {
        return from instanceof Enumeration source && to.labels().containsAll(source.labels())
                ? identical("every label is one of the target's")
                : narrowing("text that is none of the target's labels is refused");
    }

    static TypeDecision fromText(LogicalType from, LogicalType to) {
        return narrowing("each text of " + from.notation() + " must read as " + to.notation());
    }

    /** Characters at most; null: no limit. */
    private static @Nullable Integer limit(LogicalType text) {
        if (text instanceof VarChar varchar) {
            return varchar.length();
        }
        return text instanceof BlankPaddedChar padded
                ? padded.length()
                : text == Scalar.NAME ? Integer.valueOf(63) : null;
    }

    /** Characters that the longest text of a value has; null: no limit. */
    private static @Nullable Integer longest(LogicalType type) {
        if (type instanceof Enumeration labels) {
            return labels.labels().stream()
                    .mapToInt(label -> label.codePointCount(0, label.length()))
                    .max()
                    .orElse(0);
        }
        if (type instanceof Decimal decimal && decimal.precision() != null) {
            int scale = decimal.scale() == null ? 0 : decimal.scale();
            return Math.max(decimal.precision() + Math.max(-scale, 0), scale) + "-0.".length();
        }
        if (type instanceof Temporal temporal) {
            return switch (temporal.kind()) {
                case TIME -> "23:59:59.999999".length();
                case TIMETZ -> "23:59:59.999999+15:59:59".length();
                case TIMESTAMP -> "4713-01-01 23:59:59.999999 BC".length();
                case TIMESTAMPTZ -> "4713-01-01 23:59:59.999999+00 BC".length();
                case INTERVAL -> null;
            };
        }
        if (type instanceof Bits bits) {
            return bits.length();
        }
        return type instanceof Scalar scalar ? longest(scalar) : limit(type);
    }

    private static @Nullable Integer longest(Scalar type) {
        return switch (type) {
            case BOOL -> "false".length();
            case INT2 -> "-32768".length();
            case INT4 -> "-2147483648".length();
            case INT8 -> "-9223372036854775808".length();
            case FLOAT4 -> "-1.17549435e-38".length();
            case FLOAT8 -> "-2.2250738585072014e-308".length();
            case MONEY -> "-$92,233,720,368,547,758.08".length();
            case DATE -> "5874897-12-31".length();
            case UUID -> 36;
            case INET, CIDR -> "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128".length();
            case MACADDR -> "ff:ff:ff:ff:ff:ff".length();
            case MACADDR8 -> "ff:ff:ff:ff:ff:ff:ff:ff".length();
            case OID -> "4294967295".length();
            case XID8 -> "18446744073709551615".length();
            case PG_LSN -> "FFFFFFFF/FFFFFFFF".length();
            case CHAR_BYTE -> "\\377".length();
            case NAME -> 63;
            default -> null;
        };
    }
}
