package io.godwit.connector.mysql;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.IntervalValue;
import io.godwit.core.type.value.TimestampValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a column is selected so that nothing of its values is lost on the way, and how what comes becomes a field. A
 * FLOAT is selected as a double, as its text form has six digits; times and large numbers come as the server's own
 * text, as no class of Java's holds all of them.
 */
final class MySqlFields {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final byte[] NO_DATE = "0000-00-00 00:00:00".getBytes(US_ASCII);

    private MySqlFields() {}

    /** Adds the field of a column of the current row; false: it is NULL, and nothing was added. */
    @FunctionalInterface
    interface Reader {
        boolean read(ResultSet row, int column, FieldWriter out) throws SQLException;
    }

    /** The expression that reads the column in the layout of the type. */
    static String selected(String quotedName, LogicalType type) {
        if (type == Scalar.FLOAT4) {
            return quotedName + " + 0e0";
        }
        if (type instanceof Foreign) {
            return "concat('SRID=', ST_SRID(" + quotedName + "), ';', ST_AsText(" + quotedName + "))";
        }
        if (type instanceof Bits) {
            return "lpad(bin(" + quotedName + " + 0), " + bits(type) + ", '0')";
        }
        return isRead(type) ? quotedName : "cast(" + quotedName + " AS char)";
    }

    /** Types of which the driver gives the bytes, the number or the text. */
    private static boolean isRead(LogicalType type) {
        return type == Scalar.INT2
                || type == Scalar.INT4
                || type == Scalar.INT8
                || type == Scalar.FLOAT8
                || type == Scalar.BYTEA
                || isText(type)
                || isWritten(type);
    }

    private static boolean isText(LogicalType type) {
        return type == Scalar.TEXT
                || type == Scalar.JSON
                || type == Scalar.XML
                || type == Scalar.NAME
                || type instanceof VarChar
                || type instanceof BlankPaddedChar
                || type instanceof Enumeration;
    }

    /**
     * Types of whose values the driver makes the text that the server would write. Of a TIME it does not: of
     * 00:00:00.001 it makes 00:00:00.1, so that times are the server's own text.
     */
    private static boolean isWritten(LogicalType type) {
        return type == Scalar.DATE || type instanceof Decimal;
    }

    private static int bits(LogicalType type) {
        Integer length = type instanceof Bits bits ? bits.length() : null;
        return length == null ? 64 : length;
    }

    static Reader reader(LogicalType type, boolean zeroDatesAreNull) {
        if (type == Scalar.INT2) {
            return number(FieldWriter::int2);
        }
        if (type == Scalar.INT4) {
            return number(FieldWriter::int4);
        }
        if (type == Scalar.INT8) {
            return (row, column, out) -> {
                long value = row.getLong(column);
                out.int8(value);
                return !row.wasNull();
            };
        }
        if (type == Scalar.FLOAT4) {
            return (row, column, out) -> {
                out.float4((float) row.getDouble(column));
                return !row.wasNull();
            };
        }
        if (type == Scalar.FLOAT8) {
            return (row, column, out) -> {
                out.float8(row.getDouble(column));
                return !row.wasNull();
            };
        }
        if (type == Scalar.BYTEA || type instanceof Foreign || (isText(type) && !(type instanceof BlankPaddedChar))) {
            return MySqlFields::bytes;
        }
        if (type == Scalar.DATE) {
            return date(zeroDatesAreNull);
        }
        if (type instanceof Temporal temporal) {
            return switch (temporal.kind()) {
                case TIMESTAMP, TIMESTAMPTZ -> timestamp(zeroDatesAreNull);
                case INTERVAL -> interval();
                case TIME, TIMETZ -> byText(type);
            };
        }
        return byText(type);
    }

    @FunctionalInterface
    private interface Whole {
        void write(FieldWriter out, int value);
    }

    private static Reader number(Whole writing) {
        return (row, column, out) -> {
            writing.write(out, row.getInt(column));
            return !row.wasNull();
        };
    }

    private static boolean bytes(ResultSet row, int column, FieldWriter out) throws SQLException {
        byte[] value = row.getBytes(column);
        if (value == null) {
            return false;
        }
        out.bytes(value);
        return true;
    }

    private static byte @Nullable [] text(ResultSet row, int column) throws SQLException {
        try {
            String text = row.getString(column);
            return text == null ? null : text.getBytes(US_ASCII);
        } catch (DateTimeException none) {
            // The driver's word for a date such as 2020-00-00.
            return NO_DATE;
        }
    }

    private static Reader byText(LogicalType type) {
        Codec<Object> codec = Codecs.of(type);
        return (row, column, out) -> {
            String text = row.getString(column);
            if (text == null) {
                return false;
            }
            codec.write(codec.parse(text), out);
            return true;
        };
    }

    private static Reader date(boolean zeroIsNull) {
        return (row, column, out) -> {
            byte[] text = text(row, column);
            if (text == null) {
                return false;
            }
            LocalDate day = day(text, zeroIsNull);
            if (day == null) {
                return false;
            }
            out.int4(DateValue.of(day).days());
            return true;
        };
    }

    private static Reader timestamp(boolean zeroIsNull) {
        return (row, column, out) -> {
            byte[] text = text(row, column);
            if (text == null) {
                return false;
            }
            LocalDate day = day(text, zeroIsNull);
            if (day == null) {
                return false;
            }
            long micros = time(text, "2000-01-01 ".length());
            out.int8(DateValue.of(day).days() * TimestampValue.MICROS_PER_DAY + micros);
            return true;
        };
    }

    /** {@code -838:59:59.000000}. */
    private static Reader interval() {
        Codec<Object> codec = Codecs.of(new Temporal(Temporal.Kind.INTERVAL, null));
        return (row, column, out) -> {
            byte[] text = text(row, column);
            if (text == null) {
                return false;
            }
            boolean negative = text[0] == '-';
            long micros = time(text, negative ? 1 : 0);
            codec.write(new IntervalValue(0, 0, negative ? -micros : micros), out);
            return true;
        };
    }

    /** Null for a date that is none, where it may be read so. */
    private static @Nullable LocalDate day(byte[] text, boolean zeroIsNull) {
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException none) {
            if (zeroIsNull) {
                return null;
            }
            throw new GodwitException(
                    ErrorCode.ROW_NOT_CONVERTIBLE,
                    "a date that is none, such as 0000-00-00",
                    "Give the source's connection the option zeroDates: \"null\" to read them as NULL, or leave such rows"
                            + " out by where.",
                    none);
        }
    }

    /** Microseconds since midnight of {@code hours:minutes:seconds[.fraction]} from {@code at} to the end. */
    private static long time(byte[] text, int at) {
        int colon = at;
        while (text[colon] != ':') {
            colon++;
        }
        long seconds = digits(text, at, colon) * 3600L
                + digits(text, colon + 1, colon + 3) * 60L
                + digits(text, colon + 4, colon + 6);
        long micros = 0;
        long unit = MICROS_PER_SECOND;
        for (int i = colon + 7; i < text.length; i++) {
            unit /= 10;
            micros += (text[i] - '0') * unit;
        }
        return seconds * MICROS_PER_SECOND + micros;
    }

    private static int digits(byte[] text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new GodwitException(
                        ErrorCode.DEFECT,
                        "not a time as the server writes it: " + new String(text, US_ASCII).replaceAll("[0-9]", "9"),
                        "");
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
