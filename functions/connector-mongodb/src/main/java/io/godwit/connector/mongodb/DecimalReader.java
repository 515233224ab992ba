package io.godwit.connector.mongodb;

import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import org.bson.BsonType;
import org.bson.types.Decimal128;

/** Exact numbers of any BSON type that has them. A negative zero, and another NaN than the usual, are refused. */
final class DecimalReader implements ValueReader {
    private final Codec<Object> codec;
    private final boolean isBounded;

    DecimalReader(Decimal type) {
        this.codec = Codecs.of(type);
        this.isBounded = type.precision() != null;
    }

    @Override
    public void read(BsonElements element, FieldWriter out) {
        DecimalValue value = value(element);
        if (!isBounded) {
            codec.write(value, out);
            return;
        }
        Object fitted = codec.parse(value.toString());
        if (((DecimalValue) fitted).compareTo(value) != 0) {
            throw new InvalidValueException("a number with more digits after the point than its column");
        }
        codec.write(fitted, out);
    }

    private static DecimalValue value(BsonElements element) {
        return switch (element.type()) {
            case INT32 -> DecimalValue.of(LittleEndian.int4(element.bytes(), element.from()));
            case INT64 -> DecimalValue.of(LittleEndian.int8(element.bytes(), element.from()));
            case STRING -> ofText(ValueReader.text(element));
            default -> {
                ValueReader.require(element, BsonType.DECIMAL128);
                yield of(Decimal128.fromIEEE754BIDEncoding(
                        LittleEndian.int8(element.bytes(), element.from() + 8),
                        LittleEndian.int8(element.bytes(), element.from())));
            }
        };
    }

    private static DecimalValue ofText(String text) {
        DecimalValue value = (DecimalValue) Codecs.of(new Decimal(null, null)).parse(text);
        if (!value.toString().equals(text)) {
            throw new InvalidValueException("not the text form of a number");
        }
        return value;
    }

    static DecimalValue of(Decimal128 number) {
        if (number.equals(Decimal128.NaN)) {
            return DecimalValue.NAN;
        }
        if (number.isInfinite()) {
            return number.isNegative() ? DecimalValue.NEGATIVE_INFINITY : DecimalValue.INFINITY;
        }
        try {
            BigDecimal finite = number.bigDecimalValue();
            return DecimalValue.of(finite);
        } catch (ArithmeticException e) {
            throw new InvalidValueException("a negative zero or a negative NaN");
        }
    }
}
