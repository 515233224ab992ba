package io.godwit.connector.sqlserver;

import io.godwit.connector.jdbc.dialect.RefusedValueException;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Writer;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.CharsetEncoder;
import java.sql.Types;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the driver takes, and what the server does not have. */
final class SqlServerWriters {
    private static final int MOST_DIGITS = 38;

    private SqlServerWriters() {}

    private record Plain(int jdbcType, Codec<Object> codec, UnaryOperator<Object> value) implements Writer {
        @Override
        public Object of(byte[] bytes, int offset, int length) {
            return value.apply(codec.decode(bytes, offset, length));
        }
    }

    /**
     * The writer of a column.
     *
     * @param page of a text that is not Unicode's: what its code page holds; null: ASCII alone
     * @param meets whether rows meet by the column: values that the server takes for equal, and others do not, are
     *     refused
     */
    static Writer of(Field field, @Nullable CharsetEncoder page, boolean meets) {
        Codec<Object> codec = Codecs.of(field.type());
        String word = SqlServerValues.word(field);
        return switch (word) {
            case "tinyint" -> new Plain(Types.SMALLINT, codec, value -> tiny(((Number) value).intValue()));
            case "smallint" -> new Plain(Types.SMALLINT, codec, value -> value);
            case "int" -> new Plain(Types.INTEGER, codec, value -> value);
            case "bigint" -> new Plain(Types.BIGINT, codec, value -> value);
            case "bit" -> new Plain(Types.BIT, codec, value -> value);
            case "real", "float" ->
                new Plain(word.equals("real") ? Types.REAL : Types.DOUBLE, codec, value -> floating((Number) value));
            case "decimal", "numeric" -> new Plain(Types.DECIMAL, codec, value -> decimal(value, field));
            case "money", "smallmoney" ->
                new Plain(Types.DECIMAL, codec, value -> money(decimal(value, field), word.equals("money")));
            case "binary", "varbinary", "image" ->
                new Plain(Types.VARBINARY, codec, value -> bytes((byte[]) value, field, meets));
            case "char", "varchar", "text" ->
                new Plain(Types.NVARCHAR, codec, value -> text(paged(value.toString(), page), field, meets));
            case "nchar", "nvarchar", "ntext" ->
                new Plain(Types.NVARCHAR, codec, value -> text(value.toString(), field, meets));
            case "date", "time", "datetime", "smalldatetime", "datetime2", "datetimeoffset" ->
                new Plain(Types.NVARCHAR, codec, value -> SqlServerTimes.text(word, codec.format(value), field));
            default -> new Plain(Types.NVARCHAR, codec, codec::format);
        };
    }

    private static Object tiny(int value) {
        if (value < 0 || value > 255) {
            throw new RefusedValueException("a number below 0 or above 255");
        }
        return (short) value;
    }

    private static Object floating(Number value) {
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw new RefusedValueException("a number that is NaN or infinite");
        }
        if (number == 0 && 1 / number < 0) {
            throw new RefusedValueException("a negative zero, whose sign nobody vouches for");
        }
        return value;
    }

    private static BigDecimal decimal(Object value, Field field) {
        BigDecimal number = ((DecimalValue) value).number();
        if (number == null) {
            throw new RefusedValueException("a number that is NaN or infinite");
        }
        int scale = field.type() instanceof io.godwit.core.type.LogicalType.Decimal decimal && decimal.scale() != null
                ? decimal.scale()
                : number.scale();
        try {
            BigDecimal exact = number.setScale(scale, RoundingMode.UNNECESSARY);
            if (exact.precision() <= MOST_DIGITS) {
                return exact;
            }
        } catch (ArithmeticException tooFine) {
            // Refused below.
        }
        throw new RefusedValueException("a number with more digits than the column has");
    }

    /** Whole numbers of ten-thousandths, of 64 or 32 bits. */
    private static Object money(BigDecimal number, boolean large) {
        BigDecimal units = number.movePointRight(4);
        BigDecimal least = BigDecimal.valueOf(large ? Long.MIN_VALUE : Integer.MIN_VALUE);
        BigDecimal most = BigDecimal.valueOf(large ? Long.MAX_VALUE : Integer.MAX_VALUE);
        if (units.compareTo(least) < 0 || units.compareTo(most) > 0) {
            throw new RefusedValueException("an amount beyond the range of money");
        }
        return number;
    }

    private static Object bytes(byte[] value, Field field, boolean meets) {
        if (SqlServerValues.word(field).equals("binary") && value.length != SqlServerTypes.length(field.nativeType())) {
            throw new RefusedValueException("bytes of another length, which the server would fill up");
        }
        if (meets && value.length > 0 && value[value.length - 1] == 0) {
            throw new RefusedValueException("a key that ends with a zero byte, which the server does not compare");
        }
        return value;
    }

    private static String paged(String text, @Nullable CharsetEncoder page) {
        boolean held = page == null ? text.chars().allMatch(c -> c < 0x80) : page.canEncode(text);
        if (!held) {
            throw new RefusedValueException("a character that the column's code page does not have");
        }
        return text;
    }

    private static Object text(String text, Field field, boolean meets) {
        if (field.type() instanceof io.godwit.core.type.LogicalType.BlankPaddedChar) {
            return text.replaceFirst(" +$", "");
        }
        if (meets && text.endsWith(" ")) {
            throw new RefusedValueException("a key that ends with a blank, which the server does not compare");
        }
        return text;
    }

    /** Whether the type is one of {@link Scalar}, for callers that compare it. */
    static boolean isText(Field field) {
        return java.util.Set.of("char", "varchar", "text").contains(SqlServerValues.word(field))
                && field.type() != Scalar.BYTEA;
    }
}
