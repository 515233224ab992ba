package io.godwit.connector.kafka.avro;

import io.godwit.connector.json.FieldParser;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
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
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/** Writes a value that Avro has read, and that is not null, as a field of the wire. */
@FunctionalInterface
interface AvroToField {

    /** @throws InvalidValueException where it has no place in the type */
    void write(Object value, FieldWriter out);

    /**
     * @param schema of the value
     * @param type what {@link AvroTypes#logical} says that it is, or what {@link AvroTypes#schema} writes so
     */
    static AvroToField of(Schema schema, LogicalType type) {
        Schema one = AvroTypes.valueOf(schema);
        if (one.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return decimal(decimal);
        }
        String name = one.getLogicalType() == null ? "" : one.getLogicalType().getName();
        return switch (one.getType()) {
            case BOOLEAN -> (value, out) -> out.int1((boolean) value ? 1 : 0);
            case INT -> ofInt(name, type);
            case LONG -> ofLong(name);
            case FLOAT -> (value, out) -> out.float4((float) value);
            case DOUBLE -> (value, out) -> out.float8((double) value);
            case STRING -> text(type);
            case ENUM -> (value, out) -> out.text(value.toString());
            case BYTES -> (value, out) -> out.bytes(bytes((ByteBuffer) value));
            case FIXED ->
                name.equals("duration")
                        ? (value, out) -> duration(ByteBuffer.wrap(((GenericFixed) value).bytes()), out)
                        : (value, out) -> out.bytes(((GenericFixed) value).bytes());
            case NULL -> (value, out) -> {};
            case RECORD, ARRAY, MAP, UNION -> {
                NestedJson json = new NestedJson();
                yield (value, out) -> out.text(json.text(one, value));
            }
        };
    }

    private static AvroToField ofInt(String name, LogicalType type) {
        return switch (name) {
            case "date" -> (value, out) -> date((int) value, out);
            case "time-millis" -> (value, out) -> time((int) value * 1000L, out);
            default ->
                type == Scalar.INT2 ? (value, out) -> small((int) value, out) : (value, out) -> out.int4((int) value);
        };
    }

    private static void small(int value, FieldWriter out) {
        if ((short) value != value) {
            throw new InvalidValueException("a number out of its column's range");
        }
        out.int2(value);
    }

    private static AvroToField ofLong(String name) {
        return switch (name) {
            case "time-micros" -> (value, out) -> time((long) value, out);
            case "timestamp-millis", "local-timestamp-millis" -> (value, out) -> millis((long) value, out);
            case "timestamp-micros", "local-timestamp-micros" -> (value, out) -> moment((long) value, out);
            case "timestamp-nanos", "local-timestamp-nanos" -> (value, out) -> nanos((long) value, out);
            default -> (value, out) -> out.int8((long) value);
        };
    }

    private static void date(int value, FieldWriter out) {
        long days = (long) value - DateValue.EPOCH_DAY;
        if (days < DateValue.MIN_DAYS || days > DateValue.MAX_DAYS) {
            throw new InvalidValueException("a date outside the calendar");
        }
        out.int4((int) days);
    }

    private static void time(long micros, FieldWriter out) {
        if (micros < 0 || micros >= TimestampValue.MICROS_PER_DAY) {
            throw new InvalidValueException("a time of day beyond 24:00");
        }
        out.int8(micros);
    }

    private static void millis(long value, FieldWriter out) {
        long micros;
        try {
            micros = Math.multiplyExact(value, 1000L);
        } catch (ArithmeticException e) {
            throw new InvalidValueException("a moment outside the calendar");
        }
        moment(micros, out);
    }

    private static void nanos(long value, FieldWriter out) {
        if (value % 1000 != 0) {
            throw new InvalidValueException("a moment with nanoseconds, of which microseconds are held");
        }
        moment(value / 1000, out);
    }

    private static void moment(long value, FieldWriter out) {
        if (value < TimestampValue.MIN_MICROS + FieldToAvro.EPOCH_MICROS) {
            throw new InvalidValueException("a moment outside the calendar");
        }
        out.int8(value - FieldToAvro.EPOCH_MICROS);
    }

    private static AvroToField text(LogicalType type) {
        FieldParser parser = FieldParser.of(type);
        return (value, out) -> {
            char[] text = value.toString().toCharArray();
            parser.parse(text, 0, text.length, out);
        };
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] copy = new byte[value.remaining()];
        value.duplicate().get(copy);
        return copy;
    }

    /** Months, days and milliseconds, unsigned. */
    private static void duration(ByteBuffer bytes, FieldWriter out) {
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

    private static AvroToField decimal(LogicalTypes.Decimal type) {
        Codec<Object> codec = Codecs.of(new Decimal(null, null));
        return (value, out) -> {
            byte[] units = value instanceof GenericFixed fixed ? fixed.bytes() : bytes((ByteBuffer) value);
            if (units.length == 0) {
                throw new InvalidValueException("a decimal without digits");
            }
            BigDecimal number = new BigDecimal(new BigInteger(units), type.getScale());
            if (number.precision() > type.getPrecision()) {
                throw new InvalidValueException("a decimal of more digits than its type");
            }
            codec.write(DecimalValue.of(number), out);
        };
    }
}
