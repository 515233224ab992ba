package io.godwit.connector.mysql;

import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What values of other kinds of databases become here. */
final class MySqlTargetTypes {
    /** Characters of a text in a key: three such columns fit into the 3072 bytes of an index. */
    private static final int KEY_LENGTH = 255;

    private static final int MOST_DIGITS = 65;
    private static final int MOST_SCALE = 30;
    private static final int MOST_BITS = 64;
    private static final int MOST_LABELS = 1000;

    private static final String NOT_FINITE = "NaN and infinities";
    private static final String NOT_FLOATING = "NaN, infinities and negative zero";
    private static final String FAR_DATES = "infinities and years before 1 or after 9999";

    private MySqlTargetTypes() {}

    /** @param mariaDb which keeps JSON as the text that was written */
    static TargetType of(LogicalType type, boolean inKey, boolean mariaDb) {
        Own own = own(type, mariaDb);
        if (inKey && own.name.startsWith("long")) {
            boolean bytes = own.name.equals("longblob");
            return new TargetType(
                    type,
                    true,
                    own.held,
                    (bytes ? "varbinary(" : "varchar(") + KEY_LENGTH + ")",
                    (bytes
                            ? "values of more than " + KEY_LENGTH + " bytes"
                            : "text of more than " + KEY_LENGTH + " characters"));
        }
        return new TargetType(type, inKey, own.held, own.name, own.refuses);
    }

    private record Own(
            LogicalType held, String name, @Nullable String refuses) {}

    private static Own own(LogicalType type, boolean mariaDb) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar, mariaDb);
        }
        if (type instanceof Decimal decimal) {
            return decimal(decimal);
        }
        if (type instanceof VarChar varchar) {
            Integer length = varchar.length();
            return length != null && length <= KEY_LENGTH ? new Own(type, "varchar(" + length + ")", null) : text();
        }
        if (type instanceof BlankPaddedChar padded) {
            Integer length = padded.length();
            return length != null && length <= KEY_LENGTH ? new Own(type, "char(" + length + ")", null) : text();
        }
        if (type instanceof Bits bits) {
            Integer length = bits.length();
            return !bits.varying() && length != null && length <= MOST_BITS
                    ? new Own(type, "bit(" + length + ")", null)
                    : text();
        }
        if (type instanceof Enumeration labels) {
            return mayBeEnum(labels.labels())
                    ? new Own(
                            type,
                            labels.labels().stream()
                                    .map(Quoting::literal)
                                    .collect(Collectors.joining(",", "enum(", ")")),
                            null)
                    : text();
        }
        return type instanceof Temporal temporal ? temporal(temporal) : text();
    }

    private static Own scalar(Scalar type, boolean mariaDb) {
        return switch (type) {
            case BOOL -> new Own(Scalar.INT2, "tinyint(1)", null);
            case INT2 -> new Own(type, "smallint", null);
            case INT4 -> new Own(type, "int", null);
            case INT8 -> new Own(type, "bigint", null);
            case OID -> new Own(Scalar.INT8, "bigint", null);
            case XID8 -> new Own(new Decimal(20, 0), "bigint unsigned", null);
            case FLOAT4 -> new Own(type, "float", NOT_FLOATING);
            case FLOAT8 -> new Own(type, "double", NOT_FLOATING);
            case MONEY -> new Own(new Decimal(19, 2), "decimal(19,2)", null);
            case BYTEA -> new Own(type, "longblob", null);
            case DATE -> new Own(type, "date", FAR_DATES);
            case JSON, JSONB -> mariaDb ? new Own(Scalar.JSON, "json", null) : text();
            // MariaDB's own UUID takes none of version 8 and above.
            case UUID -> new Own(new VarChar(36), "varchar(36)", null);
            default -> text();
        };
    }

    private static Own decimal(Decimal type) {
        Integer precision = type.precision();
        int scale = type.scale() == null ? 0 : type.scale();
        return precision != null && precision <= MOST_DIGITS && scale >= 0 && scale <= Math.min(precision, MOST_SCALE)
                ? new Own(type, "decimal(" + precision + "," + scale + ")", NOT_FINITE)
                : text();
    }

    private static Own temporal(Temporal type) {
        int digits = type.precision() == null ? 6 : type.precision();
        return switch (type.kind()) {
            case TIME -> new Own(type, "time(" + digits + ")", null);
            case TIMESTAMP -> new Own(type, "datetime(" + digits + ")", FAR_DATES);
            case TIMESTAMPTZ ->
                new Own(type, "timestamp(" + digits + ")", "moments before 1970-01-01 00:00:01 or after 2038-01-19");
            case TIMETZ, INTERVAL -> text();
        };
    }

    private static Own text() {
        return new Own(Scalar.TEXT, "longtext", null);
    }

    /** Labels that differ by more than case or blanks at the end, which an ENUM does not see. */
    private static boolean mayBeEnum(List<String> labels) {
        Set<String> seen = new HashSet<>();
        return !labels.isEmpty()
                && labels.size() <= MOST_LABELS
                && labels.stream()
                        .allMatch(label -> !label.isEmpty()
                                && label.length() <= KEY_LENGTH
                                && label.equals(label.stripTrailing())
                                && seen.add(label.toLowerCase(Locale.ROOT)));
    }
}
