package io.godwit.connector.file.format.parquet;

import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.DecimalValue;
import io.godwit.core.type.value.TimestampValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Writes the value that a column stands at, which is not NULL, in the layout of {@link ParquetTypes#logical}.
 *
 * @see #of
 */
@FunctionalInterface
interface FieldDecoder {
    long JULIAN_2000 = 2_451_545;

    /** @throws InvalidValueException where the value has no place in the type */
    void read(ColumnReader column, FieldWriter out);

    static FieldDecoder of(PrimitiveType column) {
        LogicalTypeAnnotation annotation = column.getLogicalTypeAnnotation();
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(column, decimal);
        }
        return switch (column.getPrimitiveTypeName()) {
            case BOOLEAN -> (from, out) -> out.int1(from.getBoolean() ? 1 : 0);
            case FLOAT -> (from, out) -> out.float4(from.getFloat());
            case DOUBLE -> (from, out) -> out.float8(from.getDouble());
            case INT32 -> int32(annotation);
            case INT64 -> int64(annotation);
            case INT96 -> (from, out) -> int96(from.getBinary().toByteBuffer(), out);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(annotation);
        };
    }

    private static FieldDecoder int32(LogicalTypeAnnotation annotation) {
        if (annotation instanceof DateLogicalTypeAnnotation) {
            return (from, out) -> {
                long days = (long) from.getInteger() - DateValue.EPOCH_DAY;
                if (days < DateValue.MIN_DAYS || days > DateValue.MAX_DAYS) {
                    throw new InvalidValueException("a date outside the calendar");
                }
                out.int4((int) days);
            };
        }
        if (annotation instanceof TimeLogicalTypeAnnotation time) {
            return (from, out) -> time(from.getInteger() * 1000L, time.isAdjustedToUTC(), out);
        }
        if (annotation instanceof IntLogicalTypeAnnotation whole) {
            boolean small = whole.getBitWidth() + (whole.isSigned() ? 0 : 1) <= 16;
            if (small) {
                return (from, out) -> out.int2(whole(from.getInteger(), whole));
            }
            if (!whole.isSigned()) {
                return whole.getBitWidth() == 16
                        ? (from, out) -> out.int4(whole(from.getInteger(), whole))
                        : (from, out) -> out.int8(Integer.toUnsignedLong(from.getInteger()));
            }
        }
        return (from, out) -> out.int4(from.getInteger());
    }

    /** A number whose upper bits say nothing else than the lower ones. */
    private static int whole(int value, IntLogicalTypeAnnotation type) {
        int bits = Integer.SIZE - type.getBitWidth();
        int held = type.isSigned() ? value << bits >> bits : value << bits >>> bits;
        if (held != value) {
            throw new InvalidValueException("a number out of its column's range");
        }
        return value;
    }

    private static FieldDecoder int64(LogicalTypeAnnotation annotation) {
        if (annotation instanceof TimestampLogicalTypeAnnotation moment) {
            return (from, out) -> out.int8(moment(from.getLong(), moment.getUnit()));
        }
        if (annotation instanceof TimeLogicalTypeAnnotation time) {
            return (from, out) -> time(micros(from.getLong(), time.getUnit()), time.isAdjustedToUTC(), out);
        }
        if (annotation instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
            Codec<Object> codec = Codecs.of(new Decimal(20, 0));
            return (from, out) -> codec.write(
                    DecimalValue.of(new BigDecimal(new BigInteger(Long.toUnsignedString(from.getLong())))), out);
        }
        return (from, out) -> out.int8(from.getLong());
    }

    private static long micros(long value, TimeUnit unit) {
        try {
            return switch (unit) {
                case MILLIS -> Math.multiplyExact(value, 1000L);
                case MICROS -> value;
                case NANOS -> {
                    if (value % 1000 != 0) {
                        throw new InvalidValueException("a time with nanoseconds, of which microseconds are held");
                    }
                    yield value / 1000;
                }
            };
        } catch (ArithmeticException e) {
            throw new InvalidValueException("a time outside the calendar");
        }
    }

    private static long moment(long value, TimeUnit unit) {
        long micros = micros(value, unit);
        if (micros < TimestampValue.MIN_MICROS + FieldEncoder.EPOCH_MICROS) {
            throw new InvalidValueException("a moment outside the calendar");
        }
        return micros - FieldEncoder.EPOCH_MICROS;
    }

    private static void time(long micros, boolean utc, FieldWriter out) {
        if (micros < 0 || micros > TimestampValue.MICROS_PER_DAY) {
            throw new InvalidValueException("a time of day beyond 24:00");
        }
        out.int8(micros);
        if (utc) {
            out.int4(0);
        }
    }

    /** Nanoseconds of the day, and the day's Julian number: of Impala, and of old Spark. */
    private static void int96(ByteBuffer bytes, FieldWriter out) {
        ByteBuffer value = bytes.order(ByteOrder.LITTLE_ENDIAN);
        long micros = micros(value.getLong(), TimeUnit.NANOS);
        long days = value.getInt() - JULIAN_2000;
        if (micros < 0 || micros > TimestampValue.MICROS_PER_DAY || days < -JULIAN_2000 || days > 106_000_000) {
            throw new InvalidValueException("a moment outside the calendar");
        }
        out.int8(days * TimestampValue.MICROS_PER_DAY + micros);
    }

    private static FieldDecoder bytes(LogicalTypeAnnotation annotation) {
        if (annotation instanceof StringLogicalTypeAnnotation
                || annotation instanceof EnumLogicalTypeAnnotation
                || annotation instanceof JsonLogicalTypeAnnotation) {
            return (from, out) -> text(from.getBinary().toByteBuffer(), out);
        }
        if (annotation instanceof Float16LogicalTypeAnnotation) {
            return (from, out) -> out.float4(float16(from.getBinary().toByteBuffer()));
        }
        if (annotation instanceof IntervalLogicalTypeAnnotation) {
            return (from, out) -> interval(from.getBinary().toByteBuffer(), out);
        }
        return (from, out) -> bytes(from.getBinary().toByteBuffer(), out);
    }

    private static void bytes(ByteBuffer value, FieldWriter out) {
        if (value.hasArray()) {
            out.bytes(value.array(), value.arrayOffset() + value.position(), value.remaining());
        } else {
            byte[] copy = new byte[value.remaining()];
            value.get(copy);
            out.bytes(copy);
        }
    }

    private static void text(ByteBuffer value, FieldWriter out) {
        for (int i = value.position(); i < value.limit(); i++) {
            if (value.get(i) < 0) {
                requireUtf8(value);
                break;
            }
        }
        bytes(value, out);
    }

    private static void requireUtf8(ByteBuffer value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(value.duplicate());
        } catch (CharacterCodingException e) {
            throw new InvalidValueException("text that is not UTF-8");
        }
    }

    private static float float16(ByteBuffer value) {
        int bits = value.order(ByteOrder.LITTLE_ENDIAN).getShort();
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float size = exponent == 0x1F
                ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : exponent == 0 ? Math.scalb((float) fraction, -24) : Math.scalb(1024f + fraction, exponent - 25);
        return bits < 0 ? -size : size;
    }

    /** Months, days and milliseconds, unsigned. */
    private static void interval(ByteBuffer bytes, FieldWriter out) {
        ByteBuffer value = bytes.order(ByteOrder.LITTLE_ENDIAN);
        int months = value.getInt();
        int days = value.getInt();
        if (months < 0 || days < 0) {
            throw new InvalidValueException("an interval that is too long");
        }
        out.int8(Integer.toUnsignedLong(value.getInt()) * 1000);
        out.int4(days);
        out.int4(months);
    }

    private static FieldDecoder decimal(PrimitiveType column, DecimalLogicalTypeAnnotation type) {
        Codec<Object> codec = Codecs.of(new Decimal(type.getPrecision(), type.getScale()));
        int scale = type.getScale();
        return switch (column.getPrimitiveTypeName()) {
            case INT32 ->
                (from, out) -> codec.write(DecimalValue.of(BigDecimal.valueOf(from.getInteger(), scale)), out);
            case INT64 -> (from, out) -> codec.write(DecimalValue.of(BigDecimal.valueOf(from.getLong(), scale)), out);
            default ->
                (from, out) -> {
                    byte[] units = from.getBinary().getBytes();
                    if (units.length == 0) {
                        throw new InvalidValueException("a decimal without digits");
                    }
                    codec.write(DecimalValue.of(new BigDecimal(new BigInteger(units), scale)), out);
                };
        };
    }
}
