package io.godwit.connector.sqlserver;

import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Reader;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What becomes of the driver's values. */
final class SqlServerReaders {
    /** Style 121: {@code 2024-02-29 13:14:15.1234567 +02:00}, of which parts are missing. */
    private static final Pattern TIME = Pattern.compile("(.*?:\\d\\d)(?:\\.(\\d{1,7}))?(?: ([+-]\\d\\d:\\d\\d))?");

    private SqlServerReaders() {}

    static Reader of(Field field, boolean micros) {
        if (field.type() == Scalar.INT2) {
            return (row, column, out) -> {
                out.int2(row.getInt(column));
                return !row.wasNull();
            };
        }
        if (field.type() == Scalar.INT4) {
            return (row, column, out) -> {
                out.int4(row.getInt(column));
                return !row.wasNull();
            };
        }
        if (field.type() == Scalar.INT8) {
            return (row, column, out) -> {
                out.int8(row.getLong(column));
                return !row.wasNull();
            };
        }
        if (field.type() == Scalar.FLOAT4) {
            return (row, column, out) -> {
                out.float4(row.getFloat(column));
                return !row.wasNull();
            };
        }
        if (field.type() == Scalar.FLOAT8) {
            return (row, column, out) -> {
                out.float8(row.getDouble(column));
                return !row.wasNull();
            };
        }
        if (field.type() == Scalar.BOOL) {
            return (row, column, out) -> {
                out.int1(row.getBoolean(column) ? 1 : 0);
                return !row.wasNull();
            };
        }
        if (field.type() == Scalar.BYTEA) {
            return (row, column, out) -> {
                byte[] bytes = row.getBytes(column);
                if (bytes != null) {
                    out.bytes(bytes);
                }
                return bytes != null;
            };
        }
        return texts(field, micros);
    }

    private static Reader texts(Field field, boolean micros) {
        Codec<Object> codec = Codecs.of(field.type());
        boolean decimal = field.type() instanceof io.godwit.core.type.LogicalType.Decimal;
        return (row, column, out) -> {
            try {
                if (decimal) {
                    BigDecimal number = row.getBigDecimal(column);
                    if (number != null) {
                        codec.write(DecimalValue.of(number), out);
                    }
                    return number != null;
                }
                String text = row.getString(column);
                if (text == null) {
                    return false;
                }
                if (isText(field)) {
                    out.text(text);
                } else {
                    String wire = text(field, text, micros);
                    codec.write(codec.parse(wire), out);
                }
                return true;
            } catch (InvalidValueException e) {
                throw new GodwitException(
                        ErrorCode.SOURCE_REFUSED,
                        "column " + field.name() + ": " + e.getMessage(),
                        "Mend the row, or leave it out by where.");
            }
        };
    }

    private static boolean isText(Field field) {
        return field.type() == Scalar.TEXT
                || field.type() == Scalar.XML
                || field.type() instanceof io.godwit.core.type.LogicalType.VarChar
                || field.type() instanceof Foreign;
    }

    /** The server's text as the wire's type reads it: with six digits, and of a moment in UTC. */
    static String text(Field field, String text, boolean micros) {
        if (!(field.type() instanceof Temporal)) {
            return text;
        }
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("not a time as the server writes it");
        }
        @Nullable String fraction = matcher.group(2);
        @Nullable String offset = matcher.group(3);
        if (fraction != null && fraction.length() > 6 && fraction.charAt(6) != '0') {
            throw new InvalidValueException(
                    "a time with a seventh digit; without the option times: micros it would be read as text");
        }
        if (offset != null && !offset.equals("+00:00") && !micros) {
            throw new InvalidValueException(
                    "a moment with an offset, which would be lost; with the option times: micros moments are all that is read");
        }
        return matcher.group(1)
                + (fraction == null ? "" : "." + fraction.substring(0, Math.min(6, fraction.length())))
                + (offset == null ? "" : offset);
    }
}
