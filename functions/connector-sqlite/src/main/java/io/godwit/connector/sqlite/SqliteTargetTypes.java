package io.godwit.connector.sqlite;

import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import org.jspecify.annotations.Nullable;

/** What values become in tables that are created: types whose affinity leaves each value as it is. */
final class SqliteTargetTypes {
    /** Decimal digits that survive in a double. */
    private static final int DIGITS_OF_DOUBLE = 15;

    private static final String NOT_FLOATING = "NaN and negative zero";

    private SqliteTargetTypes() {}

    static TargetType of(LogicalType type, boolean inKey) {
        Own own = own(type);
        return new TargetType(type, inKey, own.held, own.name, own.refuses);
    }

    private record Own(
            LogicalType held, String name, @Nullable String refuses) {}

    private static Own own(LogicalType type) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar);
        }
        if (type instanceof Decimal decimal) {
            return decimal(decimal);
        }
        if (type instanceof VarChar varchar && varchar.length() != null) {
            return new Own(type, type.notation(), null);
        }
        if (type instanceof BlankPaddedChar padded) {
            return new Own(type, "bpchar" + (padded.length() == null ? "" : "(" + padded.length() + ")"), null);
        }
        if (type instanceof Bits bits) {
            String length = bits.length() == null ? "" : "(" + bits.length() + ")";
            return new Own(type, (bits.varying() ? "varbit_text" : "bit_text") + length, null);
        }
        return type instanceof Temporal || SqliteTypes.isByName(type) ? new Own(type, type.notation(), null) : text();
    }

    private static Own scalar(Scalar type) {
        return switch (type) {
            case BOOL -> new Own(type, "boolean", null);
            case INT2 -> new Own(type, "int2", null);
            case INT4 -> new Own(type, "int4", null);
            case INT8 -> new Own(type, "integer", null);
            case OID -> new Own(Scalar.INT8, "integer", null);
            case XID8 -> new Own(new Decimal(20, 0), "decimal_text(20,0)", null);
            case MONEY -> new Own(new Decimal(19, 2), "decimal_text(19,2)", null);
            case FLOAT4 -> new Own(type, "float4", NOT_FLOATING);
            case FLOAT8 -> new Own(type, "double", NOT_FLOATING);
            case BYTEA -> new Own(type, "blob", null);
            case DATE -> new Own(type, "date", null);
            case JSON -> new Own(type, "json_text", null);
            case JSONB -> new Own(type, "jsonb_text", null);
            case XML -> new Own(type, "xml_text", null);
            default -> SqliteTypes.BY_NAME.contains(type) ? new Own(type, type.notation(), null) : text();
        };
    }

    /** As a number where a double holds it, so that it compares as one; else as its text. */
    private static Own decimal(Decimal type) {
        Integer precision = type.precision();
        if (precision == null) {
            return new Own(type, "decimal_text", null);
        }
        int scale = type.scale() == null ? 0 : type.scale();
        return precision <= DIGITS_OF_DOUBLE && scale >= 0 && scale <= precision
                ? new Own(type, "decimal(" + precision + "," + scale + ")", "NaN")
                : new Own(type, "decimal_text(" + precision + "," + scale + ")", null);
    }

    private static Own text() {
        return new Own(Scalar.TEXT, "text", null);
    }
}
