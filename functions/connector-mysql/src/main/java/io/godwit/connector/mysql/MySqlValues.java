package io.godwit.connector.mysql;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.DecimalValue;
import io.godwit.core.type.value.IntervalValue;
import io.godwit.core.type.value.TimestampValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.Set;

/** What the server reads of a field's bytes. */
final class MySqlValues {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_HOUR = 3600;
    private static final long MOST_HOURS = 838;
    private static final int MOST_YEAR = 9999;
    /** Of the type YEAR. */
    private static final int LEAST_YEAR = 1901;

    private static final int LAST_YEAR = 2155;

    private MySqlValues() {}

    /** How what is written stands in SQL. */
    enum Form {
        /** As it is: a number. */
        PLAIN,
        /** Between quotes. */
        TEXT,
        /** As hexadecimal digits. */
        BYTES,
        /** A number that becomes bits. */
        BITS,
        /** Between quotes, {@code SRID=4326;POINT(1 2)}: becomes a geometry. */
        GEOMETRY
    }

    private static final Set<String> GEOMETRIES = Set.of(
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection");

    /** A field that no value of the server's types can be. */
    static final class RefusedValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedValueException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Writes fields of one type. */
    abstract static class Value {
        final Form form;

        Value(Form form) {
            this.form = form;
        }

        /**
         * Adds the field's text, or its bytes.
         *
         * @throws RefusedValueException where the server has no such value
         */
        abstract void write(byte[] field, int offset, int length, FieldWriter out);
    }

    @FunctionalInterface
    private interface Writing {
        void write(byte[] field, int offset, int length, FieldWriter out);
    }

    private static Value value(Form form, Writing writing) {
        return new Value(form) {
            @Override
            void write(byte[] field, int offset, int length, FieldWriter out) {
                writing.write(field, offset, length, out);
            }
        };
    }

    /**
     * For a column.
     *
     * @param nativeType the server's name of its type
     */
    static Value of(LogicalType type, String nativeType) {
        if (GEOMETRIES.contains(nativeType)) {
            Value text = text(type);
            return value(Form.GEOMETRY, text::write);
        }
        return type == Scalar.INT2 && nativeType.startsWith("year") ? year() : of(type);
    }

    /**
     * The geometry of a text, as SQL. Where none is in it the server has NULL, which a value must not become: a number
     * too large for a coordinate makes it an error.
     *
     * @param text an expression
     */
    static String geometry(String text) {
        return "coalesce(ST_GeomFromText(substring_index(" + text + ", ';', -1), if(" + text
                + " LIKE 'SRID=%;%', substring(substring_index(" + text + ", ';', 1), 6), 0)), if(" + text
                + " IS NULL, NULL, point(exp(1000 + length(" + text + ")), 0)))";
    }

    /** The server makes a year of this century, or the one before, of a number of less than four digits. */
    private static Value year() {
        return value(Form.TEXT, (field, at, length, out) -> {
            int year = (short) SHORT.get(field, at);
            if (year != 0 && (year < LEAST_YEAR || year > LAST_YEAR)) {
                throw new RefusedValueException("a year before 1901 or after 2155");
            }
            digits(year, 4, out);
        });
    }

    private static Value of(LogicalType type) {
        if (type == Scalar.INT2) {
            return value(
                    Form.PLAIN, (field, at, length, out) -> ascii(String.valueOf((short) SHORT.get(field, at)), out));
        }
        if (type == Scalar.INT4) {
            return value(Form.PLAIN, (field, at, length, out) -> ascii(String.valueOf((int) INT.get(field, at)), out));
        }
        if (type == Scalar.INT8) {
            return value(
                    Form.PLAIN, (field, at, length, out) -> ascii(String.valueOf((long) LONG.get(field, at)), out));
        }
        if (type == Scalar.BOOL) {
            return value(Form.PLAIN, (field, at, length, out) -> out.int1(field[at] == 0 ? '0' : '1'));
        }
        if (type == Scalar.FLOAT4) {
            // As a double: the server reads it as one, and rounds it to the very float.
            return value(
                    Form.PLAIN,
                    (field, at, length, out) -> floating(Float.intBitsToFloat((int) INT.get(field, at)), out));
        }
        if (type == Scalar.FLOAT8) {
            return value(
                    Form.PLAIN,
                    (field, at, length, out) -> floating(Double.longBitsToDouble((long) LONG.get(field, at)), out));
        }
        if (type == Scalar.BYTEA) {
            return value(Form.BYTES, (field, at, length, out) -> out.bytes(field, at, length));
        }
        if (isText(type)) {
            return value(Form.TEXT, (field, at, length, out) -> out.bytes(field, at, length));
        }
        if (type == Scalar.DATE) {
            return value(Form.TEXT, (field, at, length, out) -> {
                int days = (int) INT.get(field, at);
                if (!new DateValue(days).isFinite()) {
                    throw new RefusedValueException("an infinite date");
                }
                date(days, out);
            });
        }
        if (type instanceof Decimal) {
            return decimal(type);
        }
        if (type instanceof Bits) {
            return bits(type);
        }
        return type instanceof Temporal temporal ? temporal(temporal) : text(type);
    }

    private static boolean isText(LogicalType type) {
        return type == Scalar.TEXT
                || type == Scalar.JSON
                || type == Scalar.XML
                || type == Scalar.NAME
                || type instanceof VarChar
                || type instanceof BlankPaddedChar
                || type instanceof Enumeration
                || type instanceof LogicalType.Foreign;
    }

    private static Value temporal(Temporal type) {
        return switch (type.kind()) {
            case TIMESTAMP, TIMESTAMPTZ ->
                value(Form.TEXT, (field, at, length, out) -> {
                    long micros = (long) LONG.get(field, at);
                    if (!new TimestampValue(micros).isFinite()) {
                        throw new RefusedValueException("an infinite time");
                    }
                    date(Math.floorDiv(micros, TimestampValue.MICROS_PER_DAY), out);
                    out.int1(' ');
                    time(Math.floorMod(micros, TimestampValue.MICROS_PER_DAY), out);
                });
            case TIME -> value(Form.TEXT, (field, at, length, out) -> time((long) LONG.get(field, at), out));
            case INTERVAL -> interval(type);
            case TIMETZ -> text(type);
        };
    }

    /** The server's TIME is a length of hours, and has no days that could be of another length. */
    private static Value interval(Temporal type) {
        Codec<Object> codec = Codecs.of(type);
        return value(Form.TEXT, (field, at, length, out) -> {
            IntervalValue value = (IntervalValue) codec.decode(field, at, length);
            if (value.months() != 0 || value.days() != 0) {
                throw new RefusedValueException("a length of time with months or days");
            }
            if (Math.abs(value.micros() / MICROS_PER_SECOND) / SECONDS_PER_HOUR > MOST_HOURS) {
                throw new RefusedValueException("a time beyond 838:59:59");
            }
            if (value.micros() < 0) {
                out.int1('-');
            }
            time(Math.abs(value.micros()), out);
        });
    }

    private static Value decimal(LogicalType type) {
        Codec<Object> codec = Codecs.of(type);
        return value(Form.PLAIN, (field, at, length, out) -> {
            DecimalValue value = (DecimalValue) codec.decode(field, at, length);
            if (value.number() == null) {
                throw new RefusedValueException("a number that is NaN or infinite");
            }
            ascii(value.toString(), out);
        });
    }

    private static Value bits(LogicalType type) {
        Codec<Object> codec = Codecs.of(type);
        return value(Form.BITS, (field, at, length, out) -> {
            String digits = codec.decode(field, at, length).toString();
            ascii(digits.isEmpty() ? "0" : new BigInteger(digits, 2).toString(), out);
        });
    }

    private static Value text(LogicalType type) {
        Codec<Object> codec = Codecs.of(type);
        return value(
                Form.TEXT,
                (field, at, length, out) ->
                        out.bytes(codec.format(codec.decode(field, at, length)).getBytes(UTF_8)));
    }

    private static void floating(double value, FieldWriter out) {
        if (!Double.isFinite(value)) {
            throw new RefusedValueException("a number that is NaN or infinite");
        }
        if (value == 0 && 1 / value < 0) {
            throw new RefusedValueException("a negative zero, whose sign the server would drop");
        }
        ascii(Double.toString(value), out);
    }

    private static void date(long daysSince2000, FieldWriter out) {
        LocalDate day = LocalDate.ofEpochDay(daysSince2000 + DateValue.EPOCH_DAY);
        if (day.getYear() < 1 || day.getYear() > MOST_YEAR) {
            throw new RefusedValueException("a date of a year before 1 or after 9999");
        }
        digits(day.getYear(), 4, out);
        out.int1('-');
        digits(day.getMonthValue(), 2, out);
        out.int1('-');
        digits(day.getDayOfMonth(), 2, out);
    }

    private static void time(long micros, FieldWriter out) {
        long seconds = micros / MICROS_PER_SECOND;
        long hours = seconds / SECONDS_PER_HOUR;
        digits((int) hours, hours > 99 ? 3 : 2, out);
        out.int1(':');
        digits((int) (seconds / 60 % 60), 2, out);
        out.int1(':');
        digits((int) (seconds % 60), 2, out);
        out.int1('.');
        digits((int) (micros % MICROS_PER_SECOND), 6, out);
    }

    private static void digits(int value, int count, FieldWriter out) {
        int unit = 1;
        for (int i = 1; i < count; i++) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            out.int1('0' + value / unit % 10);
        }
    }

    private static void ascii(String text, FieldWriter out) {
        byte[] bytes = text.getBytes(US_ASCII);
        out.bytes(bytes);
    }
}
