package io.godwit.core.type.codec;

import java.util.Locale;
import java.util.function.Function;

/** Binary floating-point numbers; NaN and the infinities are values, and so is -0. */
final class FloatCodecs {
    static final Codec<Float> FLOAT4 = new FunctionCodec<>(
            FieldReader::float4, (out, value) -> out.float4(value), FloatCodecs::format, FloatCodecs::parse4);

    static final Codec<Double> FLOAT8 = new FunctionCodec<>(
            FieldReader::float8, (out, value) -> out.float8(value), FloatCodecs::format, FloatCodecs::parse8);

    // Where PostgreSQL goes over to scientific notation.
    private static final int FLOAT4_MAX_EXPONENT = 6;
    private static final int FLOAT8_MAX_EXPONENT = 15;

    private FloatCodecs() {}

    static String format(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
            return special(value);
        }
        return text(value < 0, ShortestDecimal.of(Math.abs(value)), FLOAT4_MAX_EXPONENT);
    }

    static String format(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return special(value);
        }
        return text(value < 0, ShortestDecimal.of(Math.abs(value)), FLOAT8_MAX_EXPONENT);
    }

    private static String special(double value) {
        if (value == 0) {
            return Double.doubleToRawLongBits(value) < 0 ? "-0" : "0";
        }
        return Double.toString(value);
    }

    private static String text(boolean negative, ShortestDecimal.Digits decimal, int maxExponent) {
        String digits = Long.toString(decimal.digits());
        int exponent = decimal.exponent() + digits.length() - 1;
        StringBuilder text = new StringBuilder(24).append(negative ? "-" : "");
        if (exponent < -4 || exponent >= maxExponent) {
            text.append(digits.charAt(0));
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            text.append(exponent < 0 ? "e-" : "e+");
            return text.append(Math.abs(exponent) < 10 ? "0" : "")
                    .append(Math.abs(exponent))
                    .toString();
        }
        if (exponent < 0) {
            return text.append("0.")
                    .append("0".repeat(-exponent - 1))
                    .append(digits)
                    .toString();
        }
        if (digits.length() <= exponent + 1) {
            return text.append(digits)
                    .append("0".repeat(exponent + 1 - digits.length()))
                    .toString();
        }
        return text.append(digits, 0, exponent + 1)
                .append('.')
                .append(digits, exponent + 1, digits.length())
                .toString();
    }

    private static float parse4(String text) {
        return parse(text, Float::valueOf, value -> Float.isInfinite(value) || value == 0);
    }

    private static double parse8(String text) {
        return parse(text, Double::valueOf, value -> Double.isInfinite(value) || value == 0);
    }

    private static <T> T parse(String text, Function<String, T> parser, Function<T, Boolean> atEdge) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "nan" -> parser.apply("NaN");
            case "infinity", "inf", "+infinity", "+inf" -> parser.apply("Infinity");
            case "-infinity", "-inf" -> parser.apply("-Infinity");
            default -> finite(word, parser, atEdge);
        };
    }

    private static <T> T finite(String word, Function<String, T> parser, Function<T, Boolean> atEdge) {
        // Java alone also reads 1d, 0x1p3 and the like.
        if (!word.chars().allMatch(c -> "0123456789.+-e".indexOf(c) >= 0)) {
            throw new InvalidValueException("not a number");
        }
        try {
            T value = parser.apply(word);
            if (atEdge.apply(value) && word.replaceFirst("e.*", "").matches(".*[1-9].*")) {
                throw new InvalidValueException("a number out of range");
            }
            return value;
        } catch (NumberFormatException malformed) {
            throw new InvalidValueException("not a number");
        }
    }
}
