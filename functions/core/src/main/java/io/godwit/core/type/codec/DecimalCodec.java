package io.godwit.core.type.codec;

import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** numeric: see {@link DecimalLayout} for its bytes. */
record DecimalCodec(Decimal type) implements Codec<DecimalValue> {

    @Override
    public DecimalValue read(FieldReader in) {
        return DecimalLayout.read(in);
    }

    @Override
    public void write(DecimalValue value, FieldWriter out) {
        DecimalLayout.write(value, out);
    }

    @Override
    public String format(DecimalValue value) {
        return value.toString();
    }

    @Override
    public DecimalValue parse(String text) {
        String word = text.strip();
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "nan" -> DecimalValue.NAN;
            case "infinity", "inf", "+infinity", "+inf" -> fit(DecimalValue.INFINITY);
            case "-infinity", "-inf" -> fit(DecimalValue.NEGATIVE_INFINITY);
            default -> fit(finite(word));
        };
    }

    /**
     * The value as a column of this type stores it: rounded half away from zero to its scale, and shown with it.
     *
     * @throws InvalidValueException where it has too many digits before the point, or is infinite
     */
    DecimalValue fit(DecimalValue value) {
        Integer precision = type.precision();
        if (precision == null || value.kind() == DecimalValue.Kind.NAN) {
            return value;
        }
        BigDecimal number = value.number();
        if (number == null) {
            throw new InvalidValueException("infinity in a numeric of limited precision");
        }
        int scale = type.scale() == null ? 0 : type.scale();
        BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.signum() != 0 && rounded.precision() > precision) {
            throw new InvalidValueException(
                    "a number with more than " + (precision - scale) + " digits before the point");
        }
        return DecimalValue.of(rounded);
    }

    private static DecimalValue finite(String word) {
        try {
            BigDecimal number = new BigDecimal(word);
            long digitsBefore = (long) number.precision() - number.scale();
            if (number.scale() <= DecimalValue.MAX_SCALE && digitsBefore <= DecimalLayout.MAX_DIGITS_BEFORE_POINT) {
                return DecimalValue.of(number);
            }
        } catch (NumberFormatException malformed) {
            throw new InvalidValueException("not a number");
        }
        throw new InvalidValueException("a number with too many digits");
    }
}
