package io.godwit.connector.file.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.json.FieldParser;
import io.godwit.connector.json.FieldText;
import io.godwit.core.job.TypeWord;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.FieldWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written without a string in between is what the codecs write. */
class FieldBytesTest {
    @ParameterizedTest
    @CsvSource({
        "numeric, 0",
        "numeric, 0.00",
        "numeric, -0.10",
        "numeric, 10000",
        "numeric, 100000000",
        "numeric, 10000.0001",
        "numeric, 0.00001",
        "numeric, 0.000000001000",
        "numeric, 1e130",
        "numeric, -1e-300",
        "numeric, 123.4560000",
        "numeric, 12345678901234567890123456789.123456789012345678901234567890",
        "numeric, NaN",
        "numeric, -Infinity",
        "'numeric(12,2)', -9999999999.99",
        "int8, -9223372036854775808",
        "int8, 9223372036854775807",
        "int8, -10",
        "int2, -32768",
        "date, 0001-01-01",
        "date, 9999-12-31",
        "date, 10000-01-01",
        "date, 0001-12-31 BC",
        "date, infinity",
        "timestamp, 1969-12-31 23:59:59.999999",
        "timestamptz, 2000-02-29 00:00:00.1+00",
        "timestamptz, 294276-12-31 23:59:59.999999+00",
    })
    void valueIsWrittenAsItsCodecWritesIt(String type, String value) throws IOException {
        requireSame(TypeWord.parse(type), value);
    }

    @Test
    void everyDayAndManyDecimalsAreWrittenAsTheirCodecsWriteThem() throws IOException {
        LogicalType date = TypeWord.parse("date");
        for (LocalDate day = LocalDate.of(1, 1, 1); day.getYear() < 2500; day = day.plusDays(13)) {
            requireSame(date, day.toString());
        }
        Random random = new Random(7);
        LogicalType numeric = TypeWord.parse("numeric");
        for (int i = 0; i < 20_000; i++) {
            requireSame(
                    numeric,
                    java.math.BigDecimal.valueOf(random.nextLong() >> random.nextInt(63), random.nextInt(25))
                            .toPlainString());
        }
    }

    private static void requireSame(LogicalType type, String value) throws IOException {
        FieldWriter field = new FieldWriter();
        FieldParser.of(type).parse(value.toCharArray(), 0, value.length(), field);
        TextBuffer text = new TextBuffer();
        FieldBytes.of(type).add(field.array(), 0, field.length(), text);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.flush(bytes);

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(FieldText.of(type).of(field.array(), 0, field.length()));
    }
}
