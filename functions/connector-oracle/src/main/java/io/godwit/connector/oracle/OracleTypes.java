package io.godwit.connector.oracle;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the server's types hold. Whole numbers of few digits are integers, which hold all of them. Times finer than the
 * wire's, and moments with a zone, travel as text, unless the connection takes them for moments of six digits.
 */
final class OracleTypes {
    private static final int WIRE_DIGITS = 6;
    private static final int ALL_DIGITS = 38;

    /** The last number in parentheses is what is left of a second. */
    private static final Pattern DIGITS = Pattern.compile(".*\\(([0-9])\\)[^(]*");

    private OracleTypes() {}

    /**
     * A column as {@code all_tab_cols} has it.
     *
     * @param type with the digits of its seconds, where it has such
     * @param bytes at most, of a text or of RAW
     * @param chars at most, of a text
     * @param countsChars whether the text's length was given in characters
     */
    record Described(
            String type,
            int bytes,
            int chars,
            boolean countsChars,
            @Nullable Integer precision,
            @Nullable Integer scale) {

        /** As it stands in DDL. */
        String ddl() {
            return switch (type) {
                case "VARCHAR2", "CHAR" -> type + "(" + (countsChars ? chars + " CHAR" : bytes + " BYTE") + ")";
                case "NVARCHAR2", "NCHAR" -> type + "(" + chars + ")";
                case "RAW", "UROWID" -> type + "(" + bytes + ")";
                case "FLOAT" -> type + "(" + precision + ")";
                case "NUMBER" -> number();
                default -> type;
            };
        }

        private String number() {
            if (precision == null) {
                return scale == null ? type : type + "(*," + scale + ")";
            }
            return type + "(" + precision + (scale == null || scale == 0 ? "" : "," + scale) + ")";
        }
    }

    static LogicalType of(Described column, boolean micros) {
        String type = column.type;
        if (type.startsWith("TIMESTAMP")) {
            return timestamp(column, micros);
        }
        if (type.startsWith("INTERVAL YEAR")) {
            return new Temporal(Temporal.Kind.INTERVAL, 0);
        }
        if (type.startsWith("INTERVAL DAY")) {
            int digits = digits(type);
            return digits > WIRE_DIGITS && !micros
                    ? new Foreign(type)
                    : new Temporal(Temporal.Kind.INTERVAL, Math.min(digits, WIRE_DIGITS));
        }
        return switch (type) {
            case "NUMBER" -> number(column);
            case "FLOAT" -> new Decimal(null, null);
            case "BINARY_FLOAT" -> Scalar.FLOAT4;
            case "BINARY_DOUBLE" -> Scalar.FLOAT8;
            case "VARCHAR2", "NVARCHAR2" -> new VarChar(column.chars);
            case "CHAR", "NCHAR" -> new BlankPaddedChar(column.chars);
            case "CLOB", "NCLOB", "LONG" -> Scalar.TEXT;
            case "BLOB", "RAW", "LONG RAW" -> Scalar.BYTEA;
            case "DATE" -> new Temporal(Temporal.Kind.TIMESTAMP, 0);
            case "XMLTYPE" -> Scalar.XML;
            case "JSON" -> Scalar.JSON;
            case "BOOLEAN" -> Scalar.BOOL;
            default -> new Foreign(column.ddl());
        };
    }

    private static LogicalType number(Described column) {
        Integer precision = column.precision;
        Integer scale = column.scale;
        if (precision == null) {
            return scale == null ? new Decimal(null, null) : new Decimal(ALL_DIGITS, scale);
        }
        if (scale != null && scale != 0) {
            return new Decimal(precision, scale);
        }
        return precision <= 4
                ? Scalar.INT2
                : precision <= 9 ? Scalar.INT4 : precision <= 18 ? Scalar.INT8 : new Decimal(precision, 0);
    }

    private static LogicalType timestamp(Described column, boolean micros) {
        String type = column.type;
        int digits = digits(type);
        boolean zoned = type.endsWith("WITH TIME ZONE");
        if ((digits > WIRE_DIGITS || zoned) && !micros) {
            return new Foreign(type);
        }
        boolean moment = zoned || type.endsWith("WITH LOCAL TIME ZONE");
        return new Temporal(
                moment ? Temporal.Kind.TIMESTAMPTZ : Temporal.Kind.TIMESTAMP, Math.min(digits, WIRE_DIGITS));
    }

    /** Of the second; the server's own number of them where the type names none. */
    static int digits(String type) {
        Matcher matcher = DIGITS.matcher(type);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : WIRE_DIGITS;
    }

    /** {@code VARCHAR2} of {@code VARCHAR2(40 CHAR)}, {@code TIMESTAMP WITH TIME ZONE} of one with digits. */
    static String word(String nativeType) {
        return nativeType.replaceAll(" *\\([^)]*\\)", "").strip();
    }
}
