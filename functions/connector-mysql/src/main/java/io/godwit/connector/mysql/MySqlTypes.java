package io.godwit.connector.mysql;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the server's types hold. Unsigned numbers take the next larger type, TIME (which goes beyond a day) is an
 * interval, TIMESTAMP is a moment, DATETIME a date and time of an unnamed zone.
 */
final class MySqlTypes {
    private static final int UNSIGNED_INT8_DIGITS = 20;
    private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*)'");

    private MySqlTypes() {}

    /**
     * A column as {@code information_schema.columns} has it.
     *
     * @param dataType the type's word, {@code bigint}
     * @param columnType with all its attributes, {@code bigint(20) unsigned}
     * @param length characters, or bits of BIT
     * @param fraction digits of the second
     * @param json whether a check says that its text is JSON, which is what MariaDB makes of the type JSON
     */
    record Described(
            String dataType,
            String columnType,
            @Nullable Long length,
            @Nullable Integer precision,
            @Nullable Integer scale,
            @Nullable Integer fraction,
            boolean json) {}

    static LogicalType of(Described column) {
        boolean unsigned = column.columnType.contains("unsigned");
        return switch (column.dataType) {
            case "tinyint" -> Scalar.INT2;
            case "smallint" -> unsigned ? Scalar.INT4 : Scalar.INT2;
            case "mediumint" -> Scalar.INT4;
            case "int" -> unsigned ? Scalar.INT8 : Scalar.INT4;
            case "bigint" -> unsigned ? new Decimal(UNSIGNED_INT8_DIGITS, 0) : Scalar.INT8;
            case "year" -> Scalar.INT2;
            case "decimal" -> new Decimal(column.precision, column.scale);
            case "float" -> Scalar.FLOAT4;
            case "double" -> Scalar.FLOAT8;
            case "bit" -> new Bits(column.precision == null ? 1 : column.precision, false);
            case "date" -> Scalar.DATE;
            case "time" -> new Temporal(Temporal.Kind.INTERVAL, column.fraction);
            case "datetime" -> new Temporal(Temporal.Kind.TIMESTAMP, column.fraction);
            case "timestamp" -> new Temporal(Temporal.Kind.TIMESTAMPTZ, column.fraction);
            case "char" -> new BlankPaddedChar(length(column));
            case "varchar" -> new VarChar(length(column));
            case "tinytext", "text", "mediumtext", "longtext" -> column.json ? Scalar.JSON : Scalar.TEXT;
            case "json" -> Scalar.JSON;
            case "enum" -> new Enumeration(labels(column.columnType));
            case "set" -> Scalar.TEXT;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> Scalar.BYTEA;
            case "uuid" -> Scalar.UUID;
            case "inet4", "inet6" -> Scalar.INET;
            default -> new Foreign(column.columnType);
        };
    }

    private static Integer length(Described column) {
        return column.length == null ? 1 : Math.toIntExact(column.length);
    }

    private static List<String> labels(String columnType) {
        List<String> labels = new ArrayList<>();
        Matcher label = LABEL.matcher(columnType);
        while (label.find()) {
            labels.add(label.group(1).replace("''", "'"));
        }
        return labels;
    }
}
