package io.godwit.connector.file.format.parquet;

import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/** Decimals as whole numbers of their smallest unit. NaN has no place. */
final class DecimalEncoder implements FieldEncoder {
    private final Codec<Object> codec = Codecs.of(new Decimal(null, null));
    private final int scale;
    private final PrimitiveType column;

    DecimalEncoder(int scale, PrimitiveType column) {
        this.scale = scale;
        this.column = column;
    }

    @Override
    public boolean write(byte[] bytes, int offset, int length, ColumnWriter to) {
        BigDecimal number = ((DecimalValue) codec.decode(bytes, offset, length)).number();
        if (number == null) {
            return false;
        }
        BigInteger units = units(number);
        switch (column.getPrimitiveTypeName()) {
            case INT32 -> to.write(units.intValueExact(), 0, 1);
            case INT64 -> to.write(units.longValueExact(), 0, 1);
            default -> to.write(Binary.fromConstantByteArray(padded(units, column.getTypeLength())), 0, 1);
        }
        return true;
    }

    private BigInteger units(BigDecimal number) {
        try {
            return number.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
        } catch (ArithmeticException e) {
            throw new InvalidValueException("a decimal with more digits after the point than its type has");
        }
    }

    private static byte[] padded(BigInteger units, int length) {
        byte[] digits = units.toByteArray();
        if (digits.length == length) {
            return digits;
        }
        if (digits.length > length) {
            throw new InvalidValueException("a decimal with more digits than its type has");
        }
        byte[] padded = new byte[length];
        Arrays.fill(padded, (byte) (units.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, padded, length - digits.length, digits.length);
        return padded;
    }
}
