package io.godwit.connector.oracle;

import io.godwit.connector.jdbc.dialect.RefusedValueException;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Writer;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.value.DecimalValue;
import io.godwit.core.type.value.IntervalValue;
import io.godwit.core.type.value.TimestampValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Types;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oracle.jdbc.OracleTypes;
import oracle.sql.DATE;
import oracle.sql.TIMESTAMP;

/** What the driver takes, and what the server does not have. */
final class OracleWriters {
    private static final int MOST_DIGITS = 38;
    private static final int MOST_EXPONENT = 125;

    /** Decimal digits of a binary one. */
    private static final double DECIMAL = 0.30103;

    private static final Pattern SCALE = Pattern.compile("NUMBER\\((?:\\*|[0-9]+)(?:,(-?[0-9]+))?\\)");
    private static final Pattern FLOAT = Pattern.compile("FLOAT\\(([0-9]+)\\)");
    private static final Pattern TIME = Pattern.compile("-?\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?");

    private OracleWriters() {}

    private record Plain(int jdbcType, Codec<Object> codec, UnaryOperator<Object> value) implements Writer {
        @Override
        public Object of(byte[] bytes, int offset, int length) {
            return value.apply(codec.decode(bytes, offset, length));
        }
    }

    static Writer of(Field field) {
        Codec<Object> codec = Codecs.of(field.type());
        return switch (OracleValues.word(field)) {
            case "NUMBER", "FLOAT" -> new Plain(Types.NUMERIC, codec, value -> number(value, field.nativeType()));
            case "BINARY_FLOAT" -> new Plain(OracleTypes.BINARY_FLOAT, codec, OracleWriters::floating);
            case "BINARY_DOUBLE" -> new Plain(OracleTypes.BINARY_DOUBLE, codec, OracleWriters::floating);
            case "BOOLEAN" -> new Plain(Types.BOOLEAN, codec, value -> value);
            case "RAW", "BLOB", "LONG RAW" -> new Plain(Types.VARBINARY, codec, OracleWriters::bytes);
            case "DATE" ->
                new Plain(OracleTypes.DATE, codec, value -> new DATE(OracleTimes.bytes(micros(value), false)));
            case "TIMESTAMP" ->
                field.type() instanceof Foreign
                        ? new Plain(Types.VARCHAR, codec, value -> time(value.toString()))
                        : timestamp(codec);
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE" -> timestamp(codec);
            case "INTERVAL YEAR TO MONTH" -> new Plain(Types.NUMERIC, codec, value -> months((IntervalValue) value));
            case "INTERVAL DAY TO SECOND" -> new Plain(Types.NUMERIC, codec, value -> seconds((IntervalValue) value));
            default -> new Plain(Types.VARCHAR, codec, value -> text(codec.format(value), field));
        };
    }

    private static Writer timestamp(Codec<Object> codec) {
        return new Plain(OracleTypes.TIMESTAMP, codec, value -> new TIMESTAMP(OracleTimes.bytes(micros(value), true)));
    }

    private static long micros(Object value) {
        return ((TimestampValue) value).micros();
    }

    private static BigDecimal number(Object value, String nativeType) {
        BigDecimal number = value instanceof DecimalValue decimal
                ? decimal.number()
                : BigDecimal.valueOf(((Number) value).longValue());
        if (number == null) {
            throw new RefusedValueException("a number that is NaN or infinite");
        }
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        int exponent = plain.precision() - plain.scale() - 1;
        if (plain.precision() > digits(nativeType) || Math.abs(exponent) > MOST_EXPONENT) {
            throw new RefusedValueException("a number with more digits than the column has");
        }
        Matcher scale = SCALE.matcher(nativeType);
        if (scale.matches()) {
            int most = scale.group(1) == null ? 0 : Integer.parseInt(scale.group(1));
            requireScale(plain, most);
        }
        return number;
    }

    private static void requireScale(BigDecimal number, int scale) {
        try {
            BigDecimal exact = number.setScale(scale, RoundingMode.UNNECESSARY);
            assert exact.compareTo(number) == 0;
        } catch (ArithmeticException e) {
            throw new RefusedValueException("a number with more digits than the column has, which would be rounded");
        }
    }

    private static int digits(String nativeType) {
        Matcher matcher = FLOAT.matcher(nativeType);
        return matcher.matches() ? (int) (Integer.parseInt(matcher.group(1)) * DECIMAL) : MOST_DIGITS;
    }

    private static Object floating(Object value) {
        double number = ((Number) value).doubleValue();
        if (number == 0 && 1 / number < 0) {
            throw new RefusedValueException("a negative zero, whose sign the server drops");
        }
        return value;
    }

    private static Object bytes(Object value) {
        if (((byte[]) value).length == 0) {
            throw new RefusedValueException("empty bytes, which the server takes for NULL");
        }
        return value;
    }

    private static Object text(String text, Field field) {
        if (field.type() instanceof BlankPaddedChar) {
            String stripped = text.replaceFirst(" +$", "");
            return stripped.isEmpty() ? " " : stripped;
        }
        if (text.isEmpty()) {
            throw new RefusedValueException("the empty text, which the server takes for NULL");
        }
        return text;
    }

    private static Object time(String text) {
        if (!TIME.matcher(text).matches()) {
            throw new RefusedValueException("a text that is no time of nine digits");
        }
        return text;
    }

    private static Object months(IntervalValue value) {
        if (value.days() != 0 || value.micros() != 0) {
            throw new RefusedValueException("a length of time with days or hours");
        }
        return BigDecimal.valueOf(value.months());
    }

    private static Object seconds(IntervalValue value) {
        long micros = value.micros();
        boolean carried = Math.abs(micros) >= TimestampValue.MICROS_PER_DAY
                || (value.days() != 0 && micros != 0 && value.days() < 0 != micros < 0);
        if (value.months() != 0 || carried) {
            throw new RefusedValueException("a length of time with months, or whose hours are a day or more");
        }
        return BigDecimal.valueOf(value.days())
                .multiply(BigDecimal.valueOf(86_400))
                .add(BigDecimal.valueOf(micros, 6));
    }
}
