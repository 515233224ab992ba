package io.godwit.connector.sqlserver;

import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import org.jspecify.annotations.Nullable;

/**
 * What values of other kinds of databases become here. Lengths of Unicode types count halves of surrogate pairs, so
 * that a text of so many characters takes up to twice as many.
 */
final class SqlServerTargetTypes {
    private static final int MOST_DIGITS = 38;
    private static final int MOST_UNITS = 4000;

    /** Three columns of so many characters, or twice as many bytes, fit into a key of 900 bytes. */
    private static final int KEY_UNITS = 150;

    private static final String NOT_FINITE = "NaN and infinities";
    private static final String NOT_FLOATING = "NaN, infinities and negative zero";
    private static final String FAR_DATES = "infinities and years before 1 or after 9999";

    private SqlServerTargetTypes() {}

    private record Own(
            LogicalType held, String name, @Nullable String refuses) {}

    static TargetType of(LogicalType type, boolean inKey) {
        Own own = own(type);
        boolean text = own.name.startsWith("nvarchar") || own.name.startsWith("nchar");
        if (inKey && text && (own.name.endsWith("(max)") || SqlServerTypes.length(own.name) > KEY_UNITS)) {
            return new TargetType(
                    type,
                    true,
                    own.held,
                    "nvarchar(" + KEY_UNITS + ")",
                    "text of more than " + KEY_UNITS + " characters");
        }
        if (inKey && own.name.equals("varbinary(max)")) {
            int most = 2 * KEY_UNITS;
            return new TargetType(
                    type, true, own.held, "varbinary(" + most + ")", "values of more than " + most + " bytes");
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
            return length != null && 2 * length <= MOST_UNITS
                    ? new Own(new VarChar(2 * length), "nvarchar(" + 2 * length + ")", null)
                    : text();
        }
        if (type instanceof BlankPaddedChar padded) {
            Integer length = padded.length();
            return length != null && length <= MOST_UNITS
                    ? new Own(type, "nchar(" + length + ")", "surrogate pairs beyond its length")
                    : text();
        }
        return type instanceof Temporal temporal ? temporal(temporal) : text();
    }

    private static Own scalar(Scalar type) {
        return switch (type) {
            case BOOL -> new Own(type, "bit", null);
            case INT2 -> new Own(type, "smallint", null);
            case INT4 -> new Own(type, "int", null);
            case INT8 -> new Own(type, "bigint", null);
            case OID -> new Own(Scalar.INT8, "bigint", null);
            case XID8 -> new Own(new Decimal(20, 0), "decimal(20,0)", null);
            case FLOAT4 -> new Own(type, "real", NOT_FLOATING);
            case FLOAT8 -> new Own(type, "float", NOT_FLOATING);
            case MONEY -> new Own(new Decimal(19, 2), "decimal(19,2)", null);
            case BYTEA -> new Own(type, "varbinary(max)", null);
            case DATE -> new Own(type, "date", FAR_DATES);
            case UUID -> new Own(type, "uniqueidentifier", null);
            default -> text();
        };
    }

    private static Own decimal(Decimal type) {
        Integer precision = type.precision();
        int scale = type.scale() == null ? 0 : type.scale();
        return precision != null && precision <= MOST_DIGITS && scale >= 0 && scale <= precision
                ? new Own(type, "decimal(" + precision + "," + scale + ")", NOT_FINITE)
                : text();
    }

    private static Own temporal(Temporal type) {
        int digits = type.precision() == null ? 6 : type.precision();
        return switch (type.kind()) {
            case TIME -> new Own(type, "time(" + digits + ")", "24:00");
            case TIMESTAMP -> new Own(type, "datetime2(" + digits + ")", FAR_DATES);
            case TIMESTAMPTZ -> new Own(type, "datetimeoffset(" + digits + ")", FAR_DATES);
            case TIMETZ, INTERVAL -> text();
        };
    }

    private static Own text() {
        return new Own(Scalar.TEXT, "nvarchar(max)", null);
    }
}
