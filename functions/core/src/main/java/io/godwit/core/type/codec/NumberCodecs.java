package io.godwit.core.type.codec;

import java.util.Locale;

/** Truth, whole numbers, and what is a whole number underneath. */
final class NumberCodecs {
    static final Codec<Boolean> BOOL = new FunctionCodec<>(
            NumberCodecs::truth,
            (out, value) -> out.int1(value ? 1 : 0),
            value -> value ? "t" : "f",
            NumberCodecs::truth);

    static final Codec<Short> INT2 = new FunctionCodec<>(
            FieldReader::int2, (out, value) -> out.int2(value), value -> Short.toString(value), text ->
                    (short) whole(text, Short.MIN_VALUE, Short.MAX_VALUE));

    static final Codec<Integer> INT4 = new FunctionCodec<>(
            FieldReader::int4, (out, value) -> out.int4(value), value -> Integer.toString(value), text ->
                    (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));

    static final Codec<Long> INT8 = new FunctionCodec<>(
            FieldReader::int8,
            (out, value) -> out.int8(value),
            value -> Long.toString(value),
            text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE));

    /** 0 to 2^32 - 1. */
    static final Codec<Long> OID = new FunctionCodec<>(
            in -> in.int4() & 0xFFFFFFFFL,
            (out, value) -> out.int4((int) (long) value),
            value -> Long.toString(value),
            text -> whole(text, 0, 0xFFFFFFFFL));

    /** Unsigned. */
    static final Codec<Long> XID8 = new FunctionCodec<>(
            FieldReader::int8,
            (out, value) -> out.int8(value),
            value -> Long.toUnsignedString(value),
            text -> unsigned(text.strip(), 10));

    /** Unsigned; as text its halves in hexadecimal. */
    static final Codec<Long> PG_LSN = new FunctionCodec<>(
            FieldReader::int8,
            (out, value) -> out.int8(value),
            value -> String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xFFFFFFFFL),
            NumberCodecs::location);

    /** Minor units; as text with two digits of them and a dollar sign, as PostgreSQL writes it in locale C. */
    static final Codec<Long> MONEY = new FunctionCodec<>(
            FieldReader::int8, (out, value) -> out.int8(value), NumberCodecs::money, NumberCodecs::money);

    private NumberCodecs() {}

    static long whole(String text, long min, long max) {
        long value;
        try {
            value = Long.parseLong(text.strip());
        } catch (NumberFormatException malformed) {
            throw new InvalidValueException("not a whole number, or out of range");
        }
        if (value < min || value > max) {
            throw new InvalidValueException("a number out of range");
        }
        return value;
    }

    private static boolean truth(FieldReader in) {
        return in.int1() != 0;
    }

    private static boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "on", "1" -> true;
            case "f", "false", "n", "no", "off", "0" -> false;
            default -> throw new InvalidValueException("neither true nor false");
        };
    }

    private static long unsigned(String digits, int radix) {
        try {
            return Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException malformed) {
            throw new InvalidValueException("not an unsigned number, or out of range");
        }
    }

    private static long location(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash > 8 || text.length() - slash > 9) {
            throw new InvalidValueException("not a position in the log");
        }
        return (unsigned(text.substring(0, slash), 16) << 32) | unsigned(text.substring(slash + 1), 16);
    }

    private static String money(long value) {
        String units = String.format(Locale.ROOT, "%,d", Math.abs(value / 100));
        return String.format(Locale.ROOT, "%s$%s.%02d", value < 0 ? "-" : "", units, Math.abs(value % 100));
    }

    private static long money(String text) {
        String plain = text.strip().replaceFirst("^(-?)\\$", "$1").replace(",", "");
        try {
            return new java.math.BigDecimal(plain)
                    .setScale(2, java.math.RoundingMode.HALF_UP)
                    .unscaledValue()
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException malformed) {
            throw new InvalidValueException("not an amount of money, or out of range");
        }
    }
}
