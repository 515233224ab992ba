package io.godwit.core.type;

import io.godwit.core.type.LogicalType.Array;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Range;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;

/** The OIDs of PostgreSQL's built-in types, the same in every database (its src/include/catalog/pg_type.dat). */
public final class BuiltInOids {
    public static final int TEXT = 25;

    private BuiltInOids() {}

    /**
     * What stands for the element's type in an array's bytes: its own OID, or that of text for an enumeration and for a
     * type that is carried by its text form.
     */
    public static int ofElement(LogicalType type) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar);
        }
        if (type instanceof Temporal temporal) {
            return switch (temporal.kind()) {
                case TIME -> 1083;
                case TIMETZ -> 1266;
                case TIMESTAMP -> 1114;
                case TIMESTAMPTZ -> 1184;
                case INTERVAL -> 1186;
            };
        }
        if (type instanceof Decimal) {
            return 1700;
        }
        if (type instanceof VarChar) {
            return 1043;
        }
        if (type instanceof BlankPaddedChar) {
            return 1042;
        }
        if (type instanceof Bits bits) {
            return bits.varying() ? 1562 : 1560;
        }
        if (type instanceof Range range) {
            return range(range);
        }
        if (type instanceof Array) {
            throw new IllegalArgumentException("an array of arrays");
        }
        return TEXT;
    }

    private static int scalar(Scalar type) {
        return switch (type) {
            case BOOL -> 16;
            case BYTEA -> 17;
            case CHAR_BYTE -> 18;
            case NAME -> 19;
            case INT8 -> 20;
            case INT2 -> 21;
            case INT4 -> 23;
            case TEXT -> TEXT;
            case OID -> 26;
            case JSON -> 114;
            case XML -> 142;
            case POINT -> 600;
            case LSEG -> 601;
            case PATH -> 602;
            case BOX -> 603;
            case POLYGON -> 604;
            case LINE -> 628;
            case CIDR -> 650;
            case FLOAT4 -> 700;
            case FLOAT8 -> 701;
            case CIRCLE -> 718;
            case MACADDR8 -> 774;
            case MONEY -> 790;
            case MACADDR -> 829;
            case INET -> 869;
            case DATE -> 1082;
            case UUID -> 2950;
            case PG_LSN -> 3220;
            case TSVECTOR -> 3614;
            case TSQUERY -> 3615;
            case JSONB -> 3802;
            case JSONPATH -> 4072;
            case XID8 -> 5069;
        };
    }

    private static int range(Range type) {
        String bound = type.bound() instanceof Temporal temporal
                ? temporal.kind().name()
                : type.bound() instanceof Decimal ? "NUMERIC" : type.bound().toString();
        return switch (bound) {
            case "INT4" -> type.multi() ? 4451 : 3904;
            case "NUMERIC" -> type.multi() ? 4532 : 3906;
            case "TIMESTAMP" -> type.multi() ? 4533 : 3908;
            case "TIMESTAMPTZ" -> type.multi() ? 4534 : 3910;
            case "DATE" -> type.multi() ? 4535 : 3912;
            case "INT8" -> type.multi() ? 4536 : 3926;
            default -> TEXT;
        };
    }
}
