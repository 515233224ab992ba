package io.godwit.connector.kafka.avro;

import io.godwit.connector.json.FieldText;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldReader;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.DecimalValue;
import io.godwit.core.type.value.TimestampValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** Writes a field of the wire, which is not NULL, as {@link AvroTypes#schema} has its type. */
@FunctionalInterface
interface FieldToAvro {
    /** 2000-01-01, where the wire counts from, in microseconds since 1970-01-01, where Avro does. */
    long EPOCH_MICROS = DateValue.EPOCH_DAY * TimestampValue.MICROS_PER_DAY;

    /** @throws InvalidValueException where the value has no place there; nothing is written then */
    void write(byte[] bytes, int offset, int length, Encoder out) throws IOException;

    static FieldToAvro of(LogicalType type) {
        Schema schema = AvroTypes.schema(type);
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return decimal(new Decimal(decimal.getPrecision(), decimal.getScale()), decimal.getScale());
        }
        return switch (schema.getType()) {
            case BOOLEAN -> (bytes, offset, length, out) -> out.writeBoolean(bytes[offset] != 0);
            case INT -> type == Scalar.DATE ? FieldToAvro::date : whole(type);
            case LONG ->
                type == Scalar.INT8
                        ? (bytes, offset, length, out) -> out.writeLong(int8(bytes, offset, length))
                        : schema.getLogicalType() instanceof LogicalTypes.TimeMicros
                                ? FieldToAvro::time
                                : FieldToAvro::timestamp;
            case FLOAT ->
                (bytes, offset, length, out) -> out.writeFloat(new FieldReader(bytes, offset, length).float4());
            case DOUBLE ->
                (bytes, offset, length, out) -> out.writeDouble(new FieldReader(bytes, offset, length).float8());
            case BYTES -> (bytes, offset, length, out) -> out.writeBytes(bytes, offset, length);
            default -> text(type);
        };
    }

    private static FieldToAvro whole(LogicalType type) {
        return type == Scalar.INT2
                ? (bytes, offset, length, out) -> out.writeInt(new FieldReader(bytes, offset, length).int2())
                : (bytes, offset, length, out) -> out.writeInt(new FieldReader(bytes, offset, length).int4());
    }

    private static long int8(byte[] bytes, int offset, int length) {
        return new FieldReader(bytes, offset, length).int8();
    }

    private static void date(byte[] bytes, int offset, int length, Encoder out) throws IOException {
        DateValue date = new DateValue(new FieldReader(bytes, offset, length).int4());
        if (!date.isFinite()) {
            throw new InvalidValueException("infinity is no date in Avro");
        }
        out.writeInt(date.days() + DateValue.EPOCH_DAY);
    }

    private static void time(byte[] bytes, int offset, int length, Encoder out) throws IOException {
        long micros = int8(bytes, offset, length);
        if (micros >= TimestampValue.MICROS_PER_DAY) {
            throw new InvalidValueException("24:00 is no time of day in Avro");
        }
        out.writeLong(micros);
    }

    private static void timestamp(byte[] bytes, int offset, int length, Encoder out) throws IOException {
        TimestampValue moment = new TimestampValue(int8(bytes, offset, length));
        if (!moment.isFinite() || moment.micros() > Long.MAX_VALUE - EPOCH_MICROS) {
            throw new InvalidValueException("infinity, or a year after 294246, is no moment in Avro");
        }
        out.writeLong(moment.micros() + EPOCH_MICROS);
    }

    private static FieldToAvro decimal(Decimal type, int scale) {
        Codec<Object> codec = Codecs.of(type);
        return (bytes, offset, length, out) -> {
            BigDecimal number = ((DecimalValue) codec.decode(bytes, offset, length)).number();
            if (number == null) {
                throw new InvalidValueException("NaN, or infinity, is no decimal in Avro");
            }
            try {
                out.writeBytes(number.setScale(scale, RoundingMode.UNNECESSARY)
                        .unscaledValue()
                        .toByteArray());
            } catch (ArithmeticException e) {
                throw new InvalidValueException("a number with more decimals than its type");
            }
        };
    }

    private static FieldToAvro text(LogicalType type) {
        FieldText text = FieldText.of(type);
        return (bytes, offset, length, out) ->
                out.writeBytes(text.of(bytes, offset, length).getBytes(StandardCharsets.UTF_8));
    }
}
