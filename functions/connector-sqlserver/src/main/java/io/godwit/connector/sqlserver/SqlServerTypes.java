package io.godwit.connector.sqlserver;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;

/**
 * What the server's types hold. Times of seven digits are finer than the wire's, and travel as text, unless the
 * connection takes them for times of six.
 */
final class SqlServerTypes {
    private static final int WIRE_DIGITS = 6;

    private SqlServerTypes() {}

    /**
     * A column as {@code sys.columns} has it.
     *
     * @param type the base type's word
     * @param length bytes, -1 for max
     */
    record Described(String type, int length, int precision, int scale) {

        /** As it stands in DDL. */
        String ddl() {
            return switch (type) {
                case "decimal", "numeric" -> type + "(" + precision + "," + scale + ")";
                case "char", "varchar", "binary", "varbinary" -> type + "(" + (length < 0 ? "max" : length) + ")";
                case "nchar", "nvarchar" -> type + "(" + (length < 0 ? "max" : length / 2) + ")";
                case "time", "datetime2", "datetimeoffset" -> type + "(" + scale + ")";
                case "timestamp" -> "rowversion";
                default -> type;
            };
        }
    }

    static LogicalType of(Described column, boolean micros) {
        return switch (column.type) {
            case "tinyint", "smallint" -> Scalar.INT2;
            case "int" -> Scalar.INT4;
            case "bigint" -> Scalar.INT8;
            case "bit" -> Scalar.BOOL;
            case "decimal", "numeric" -> new Decimal(column.precision, column.scale);
            case "money" -> new Decimal(19, 4);
            case "smallmoney" -> new Decimal(10, 4);
            case "float" -> Scalar.FLOAT8;
            case "real" -> Scalar.FLOAT4;
            case "char" -> new BlankPaddedChar(column.length);
            case "nchar" -> new BlankPaddedChar(column.length / 2);
            case "varchar" -> column.length < 0 ? Scalar.TEXT : new VarChar(column.length);
            case "nvarchar" -> column.length < 0 ? Scalar.TEXT : new VarChar(column.length / 2);
            case "text", "ntext" -> Scalar.TEXT;
            case "binary", "varbinary", "image", "timestamp" -> Scalar.BYTEA;
            case "date" -> Scalar.DATE;
            case "time" -> temporal(Temporal.Kind.TIME, column, micros);
            case "datetime2" -> temporal(Temporal.Kind.TIMESTAMP, column, micros);
            case "datetimeoffset" -> temporal(Temporal.Kind.TIMESTAMPTZ, column, micros);
            case "datetime" -> new Temporal(Temporal.Kind.TIMESTAMP, 3);
            case "smalldatetime" -> new Temporal(Temporal.Kind.TIMESTAMP, 0);
            case "uniqueidentifier" -> Scalar.UUID;
            case "xml" -> Scalar.XML;
            default -> new Foreign(column.ddl());
        };
    }

    private static LogicalType temporal(Temporal.Kind kind, Described column, boolean micros) {
        if (column.scale > WIRE_DIGITS && !micros) {
            return new Foreign(column.ddl());
        }
        return new Temporal(kind, Math.min(column.scale, WIRE_DIGITS));
    }

    /** {@code decimal} of {@code decimal(12,2)}. */
    static String word(String nativeType) {
        int end = nativeType.indexOf('(');
        return (end < 0 ? nativeType : nativeType.substring(0, end)).strip();
    }

    /** 12 of {@code decimal(12,2)}; -1 where there is none, or max. */
    static int length(String nativeType) {
        String digits = nativeType.replaceFirst("^[^(]*\\(([0-9]+)[,)].*$", "$1");
        return digits.equals(nativeType) ? -1 : Integer.parseInt(digits);
    }
}
