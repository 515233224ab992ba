package io.godwit.connector.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read without a string has the very bytes that the codec has for it. */
class FieldParserTest {
    private static final Decimal ANY = new Decimal(null, null);

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(
                        ANY,
                        List.of(
                                "0",
                                "-0",
                                "0.00",
                                "-0.0",
                                "1",
                                "10000",
                                "99990000",
                                "1.5",
                                "-12.50",
                                ".5",
                                "5.",
                                "0.0001",
                                "0.00001",
                                "123456789012345",
                                "1234567890123456",
                                "0.000000000000001",
                                "1e5",
                                " 1",
                                "+1",
                                "NaN",
                                "Infinity",
                                "007",
                                "100000000.00000010")),
                Arguments.of(
                        new Decimal(12, 2),
                        List.of(
                                "0",
                                "-0",
                                "1.5",
                                "1.50",
                                "1.500",
                                "9999999999.99",
                                "-9999999999.99",
                                "0.01",
                                "100",
                                "12345.6")),
                Arguments.of(new Decimal(3, 3), List.of("0.001", "0", ".999", "-0.5")),
                Arguments.of(
                        Scalar.FLOAT8,
                        List.of(
                                "0",
                                "-0",
                                "-0.0",
                                "1",
                                "0.1",
                                "1e22",
                                "1e23",
                                "1.7976931348623157e308",
                                "5e-324",
                                "2.2250738585072014e-308",
                                "0.3333333333333333",
                                "9007199254740993",
                                "NaN",
                                "Infinity",
                                "-1.5E-7")),
                Arguments.of(
                        new Temporal(Temporal.Kind.TIMESTAMPTZ, null),
                        List.of(
                                "2026-01-01 00:00:01+00",
                                "2026-01-01T00:00:01Z",
                                "2026-03-29 02:30:00.123456+02:00",
                                "2026-03-29 02:30:00.5-0330",
                                "1999-12-31 23:59:59.999999-15:59",
                                "0001-01-01 00:00:00+00",
                                "infinity",
                                "2026-01-01 24:00:00+00",
                                "4713-01-01 00:00:00+00 BC")),
                Arguments.of(
                        new Temporal(Temporal.Kind.TIMESTAMP, null),
                        List.of(
                                "2026-02-28 00:00:00",
                                "2026-02-28T10:11:12.1",
                                "2024-02-29 23:59:59.999999",
                                "-infinity")),
                Arguments.of(Scalar.TEXT, List.of("", "ascii", "ünï 🐦")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void bytesAreThoseOfTheCodec(LogicalType type, List<String> values) {
        for (String value : values) {
            assertThat(parsed(type, value))
                    .as("%s of %s", value, type.notation())
                    .isEqualTo(codecs(type, value));
        }
    }

    @Test
    void randomNumbersToo() {
        Random random = new Random(11);
        for (int i = 0; i < 200_000; i++) {
            String digits = Long.toString(random.nextLong() >>> random.nextInt(63));
            int point = random.nextInt(digits.length() + 1);
            String number =
                    (random.nextBoolean() ? "-" : "") + digits.substring(0, point) + "." + digits.substring(point);
            assertThat(parsed(ANY, number)).as(number).isEqualTo(codecs(ANY, number));
            assertThat(parsed(Scalar.FLOAT8, number)).as(number).isEqualTo(codecs(Scalar.FLOAT8, number));
            int precision = 1 + random.nextInt(20);
            int scale = random.nextInt(8);
            if (precision >= scale && digits.length() - point <= scale) {
                Decimal type = new Decimal(precision, scale);
                assertThat(parsed(type, number))
                        .as("%s of %s", number, type.notation())
                        .isEqualTo(codecs(type, number));
            }
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = Double.toString(value);
                assertThat(parsed(Scalar.FLOAT8, text)).as(text).isEqualTo(codecs(Scalar.FLOAT8, text));
            }
        }
    }

    private static String parsed(LogicalType type, String value) {
        FieldWriter out = new FieldWriter();
        char[] text = ("xx" + value + "y").toCharArray();
        try {
            FieldParser.of(type).parse(text, 2, value.length(), out);
        } catch (InvalidValueException e) {
            return "refused";
        }
        return HexFormat.of().formatHex(out.toByteArray());
    }

    private static String codecs(LogicalType type, String value) {
        Codec<Object> codec = Codecs.of(type);
        try {
            return HexFormat.of().formatHex(codec.encode(codec.parse(value)));
        } catch (InvalidValueException e) {
            return "refused";
        }
    }
}
