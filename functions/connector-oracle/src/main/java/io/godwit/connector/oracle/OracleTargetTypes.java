package io.godwit.connector.oracle;

import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import org.jspecify.annotations.Nullable;

/** What values of other kinds of databases become here. */
final class OracleTargetTypes {
    private static final int MOST_DIGITS = 38;

    /** Characters of four bytes that the 4000 bytes of a VARCHAR2 hold. */
    private static final int MOST_CHARS = 1000;

    private static final int MOST_PADDED = 500;
    private static final int KEY_CHARS = 255;

    private static final String NO_EMPTY_TEXT = "the empty text";
    private static final String NO_EMPTY_BYTES = "empty bytes";
    private static final String NOT_FINITE = "NaN and infinities";
    private static final String NO_SIGNED_ZERO = "negative zero";
    private static final String FAR_DATES =
            "infinities, years before 4712 BC or after 9999, and 1582-10-05 to 1582-10-14";

    private OracleTargetTypes() {}

    private record Own(
            LogicalType held, String name, @Nullable String refuses) {}

    static TargetType of(LogicalType type, boolean inKey) {
        Own own = own(type);
        if (inKey && own.name.equals("CLOB")) {
            return new TargetType(
                    type,
                    true,
                    own.held,
                    "VARCHAR2(" + KEY_CHARS + " CHAR)",
                    NO_EMPTY_TEXT + ", nor text of more than " + KEY_CHARS + " characters");
        }
        if (inKey && own.name.equals("BLOB")) {
            return new TargetType(
                    type,
                    true,
                    own.held,
                    "RAW(" + KEY_CHARS + ")",
                    NO_EMPTY_BYTES + ", nor values of more than " + KEY_CHARS + " bytes");
        }
        return new TargetType(type, inKey, own.held, own.name, own.refuses);
    }

    private static Own own(LogicalType type) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar);
        }
        if (type instanceof Decimal decimal) {
            return decimal(decimal);
        }
        if (type instanceof VarChar varchar) {
            Integer length = varchar.length();
            return length != null && length <= MOST_CHARS
                    ? new Own(type, "VARCHAR2(" + length + " CHAR)", NO_EMPTY_TEXT)
                    : text();
        }
        if (type instanceof BlankPaddedChar padded) {
            Integer length = padded.length();
            return length != null && length <= MOST_PADDED ? new Own(type, "CHAR(" + length + " CHAR)", null) : text();
        }
        return type instanceof Temporal temporal ? temporal(temporal) : text();
    }

    private static Own scalar(Scalar type) {
        return switch (type) {
            // Whole numbers, as those of so few digits are described.
            case BOOL -> new Own(Scalar.INT2, "NUMBER(1)", null);
            case INT2 -> new Own(Scalar.INT4, "NUMBER(5)", null);
            case INT4 -> new Own(Scalar.INT8, "NUMBER(10)", null);
            case INT8 -> new Own(new Decimal(19, 0), "NUMBER(19)", null);
            case OID -> new Own(Scalar.INT8, "NUMBER(10)", null);
            case XID8 -> new Own(new Decimal(20, 0), "NUMBER(20)", null);
            case FLOAT4 -> new Own(type, "BINARY_FLOAT", NO_SIGNED_ZERO);
            case FLOAT8 -> new Own(type, "BINARY_DOUBLE", NO_SIGNED_ZERO);
            case MONEY -> new Own(new Decimal(19, 2), "NUMBER(19,2)", null);
            case BYTEA -> new Own(type, "BLOB", NO_EMPTY_BYTES);
            case DATE -> new Own(new Temporal(Temporal.Kind.TIMESTAMP, 0), "DATE", FAR_DATES);
            case UUID -> new Own(new VarChar(36), "VARCHAR2(36 CHAR)", null);
            default -> text();
        };
    }

    private static Own decimal(Decimal type) {
        Integer precision = type.precision();
        int scale = type.scale() == null ? 0 : type.scale();
        return precision != null && precision <= MOST_DIGITS && scale >= 0 && scale <= precision
                ? new Own(type, "NUMBER(" + precision + "," + scale + ")", NOT_FINITE)
                : text();
    }

    private static Own temporal(Temporal type) {
        int digits = type.precision() == null ? 6 : type.precision();
        return switch (type.kind()) {
            case TIMESTAMP -> new Own(type, "TIMESTAMP(" + digits + ")", FAR_DATES);
            case TIMESTAMPTZ -> new Own(type, "TIMESTAMP(" + digits + ") WITH LOCAL TIME ZONE", FAR_DATES);
            case TIME -> new Own(new VarChar(15), "VARCHAR2(15 CHAR)", null);
            case TIMETZ -> new Own(new VarChar(24), "VARCHAR2(24 CHAR)", null);
            case INTERVAL -> text();
        };
    }

    private static Own text() {
        return new Own(Scalar.TEXT, "CLOB", NO_EMPTY_TEXT);
    }
}
