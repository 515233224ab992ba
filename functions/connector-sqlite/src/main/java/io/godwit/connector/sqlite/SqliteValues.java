package io.godwit.connector.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.sqlite.SqliteFields.UnfitException;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What a field becomes in SQLite: a Long, a Double, a String or a byte[], each stored as it is. What the column's
 * affinity would make something else of, and NaN, of which SQLite makes NULL, is refused.
 */
final class SqliteValues {
    /** What reads as a number, as a whole: SQLite's own rule, blanks around it included. */
    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*");

    private static final int LONGEST_NUMBER_LOOKED_AT = 400;

    private SqliteValues() {}

    /** A field that the column cannot hold as it is. */
    static final class RefusedValueException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedValueException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Makes stored values of the fields of one column. */
    @FunctionalInterface
    interface Value {
        Object of(byte[] field, int offset, int length) throws RefusedValueException;
    }

    /**
     * For a column.
     *
     * @param declared the column's type in its definition
     */
    static Value of(LogicalType type, String declared) {
        Affinity affinity = Affinity.of(declared);
        if (type == Scalar.INT2
                || type == Scalar.INT4
                || type == Scalar.INT8
                || type == Scalar.BOOL
                || type == Scalar.FLOAT4
                || type == Scalar.FLOAT8) {
            Value number = number(type);
            return affinity == Affinity.TEXT ? asText(type) : number;
        }
        if (type == Scalar.BYTEA) {
            return (field, at, length) -> Arrays.copyOfRange(field, at, at + length);
        }
        if (type instanceof Decimal decimal && affinity.isNumeric()) {
            return decimal(decimal);
        }
        Value text = isText(type) ? (field, at, length) -> new String(field, at, length, UTF_8) : asText(type);
        return affinity.isNumeric() ? guarded(text, type == Scalar.JSON) : text;
    }

    private static boolean isText(LogicalType type) {
        return type == Scalar.TEXT
                || type == Scalar.NAME
                || type == Scalar.JSON
                || type == Scalar.XML
                || type instanceof VarChar
                || type instanceof BlankPaddedChar
                || type instanceof Enumeration
                || type instanceof Foreign;
    }

    private static Value number(LogicalType type) {
        Codec<Object> codec = Codecs.of(type);
        return (field, at, length) -> {
            Object value = codec.decode(field, at, length);
            if (value instanceof Boolean truth) {
                return truth ? 1L : 0L;
            }
            if (!(value instanceof Float) && !(value instanceof Double)) {
                return ((Number) value).longValue();
            }
            double real = ((Number) value).doubleValue();
            if (Double.isNaN(real)) {
                throw new RefusedValueException("NaN, of which it makes NULL");
            }
            if (real == 0 && 1 / real < 0) {
                throw new RefusedValueException("a negative zero, whose sign it drops");
            }
            return real;
        };
    }

    private static Value asText(LogicalType type) {
        Codec<Object> codec = Codecs.of(type);
        return (field, at, length) -> codec.format(codec.decode(field, at, length));
    }

    /** As a number that is read as this very value again. */
    private static Value decimal(Decimal type) {
        Codec<Object> codec = Codecs.of(type);
        return (field, at, length) -> {
            DecimalValue value = (DecimalValue) codec.decode(field, at, length);
            BigDecimal number = value.number();
            if (number == null) {
                throw new RefusedValueException("a number that is NaN or infinite");
            }
            Object stored = stored(number);
            try {
                DecimalValue read = stored instanceof Long whole
                        ? DecimalValue.of(whole)
                        : DecimalValue.of(new BigDecimal(SqliteFields.shortest((Double) stored)));
                if (SqliteFields.decimal(type, read).equals(value)) {
                    return stored;
                }
            } catch (UnfitException | NumberFormatException e) {
                // As it is not the value.
            }
            throw new RefusedValueException("a number whose digits it would not keep");
        };
    }

    private static Object stored(BigDecimal number) {
        try {
            return number.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        } catch (ArithmeticException notWhole) {
            return number.doubleValue();
        }
    }

    /** Under a numeric affinity a text that reads as a number would be one, and read as another text. */
    private static Value guarded(Value text, boolean json) {
        return (field, at, length) -> {
            Object value = text.of(field, at, length);
            String written = value.toString();
            boolean number = written.length() <= LONGEST_NUMBER_LOOKED_AT
                    ? NUMBER.matcher(written).matches()
                    : !written.isEmpty() && "+-.0123456789 \t\r\n\f".indexOf(written.charAt(0)) >= 0;
            if (number && !(json && isReadAlike(written))) {
                throw new RefusedValueException("a text that it would take for a number");
            }
            return value;
        };
    }

    private static boolean isReadAlike(String number) {
        try {
            return Long.toString(Long.parseLong(number)).equals(number);
        } catch (NumberFormatException notWhole) {
            double value = Double.parseDouble(number);
            return value != Math.rint(value) && SqliteFields.shortest(value).equals(number);
        }
    }
}
