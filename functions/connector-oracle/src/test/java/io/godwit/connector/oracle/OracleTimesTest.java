package io.godwit.connector.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DecimalValue;
import io.godwit.core.type.value.IntervalValue;
import io.godwit.core.type.value.TimestampValue;
import java.math.BigDecimal;
import java.sql.Timestamp;
import oracle.sql.NUMBER;
import oracle.sql.TIMESTAMP;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's bytes, as the driver's own classes make and read them. */
class OracleTimesTest {
    private static final Codec<Object> CODEC = Codecs.of(LogicalType.parse("timestamp"));

    private static long micros(String text) {
        return ((TimestampValue) CODEC.parse(text)).micros();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29 13:14:15.123456",
                "1970-01-01 00:00:00.000001",
                "9999-12-31 23:59:59.999999",
                "1582-10-15 00:00:00.5",
                "0100-12-31 01:02:03.25",
                "0099-01-01 00:00:00.25",
                "0001-01-01 00:00:00.25"
            })
    void bytesAreThoseOfTheDriver(String text) throws Exception {
        byte[] ours = OracleTimes.bytes(micros(text), true);

        assertThat(ours).isEqualTo(new TIMESTAMP(Timestamp.valueOf(text)).getBytes());
        assertThat(new TIMESTAMP(ours).timestampValue()).isEqualTo(Timestamp.valueOf(text));
        assertThat(OracleTimes.micros(ours)).isEqualTo(micros(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29 13:14:15, 120 124 2 29 14 15 16",
        "0044-03-15 00:00:00 BC, 100 56 3 15 1 1 1",
        "4712-01-01 00:00:00 BC, 53 88 1 1 1 1 1",
        "0001-12-31 23:59:59 BC, 100 99 12 31 24 60 60"
    })
    void wholeSecondsAreSevenBytesAsTheServersManualHasThem(String text, String bytes) {
        byte[] ours = OracleTimes.bytes(micros(text), false);
        StringBuilder told = new StringBuilder();
        for (byte each : ours) {
            told.append(told.isEmpty() ? "" : " ").append(each & 0xFF);
        }

        assertThat(told.toString()).isEqualTo(bytes);
        assertThat(OracleTimes.micros(ours)).isEqualTo(micros(text));
    }

    @Test
    void whatIsFinerThanMicrosecondsIsNotCutOff() {
        byte[] nanos = {120, 124, 2, 29, 14, 15, 16, 0, 0, 0, 1};

        assertThatThrownBy(() -> OracleTimes.micros(nanos))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("times: micros");
    }

    /** 1500-02-29, which the wire's calendar does not have. */
    @Test
    void dayOfTheJulianCalendarIsNotMoved() {
        byte[] day = {115, 100, 2, 29, 1, 1, 1};

        assertThatThrownBy(() -> OracleTimes.micros(day)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "0.1",
                "-0.00120",
                "99999999999999999999999999999999999999",
                "1E+100",
                "1E-100",
                "-9E+125"
            })
    void numbersAreReadToTheLastDigit(String text) throws Exception {
        DecimalValue read = OracleReaders.decimal(new NUMBER(new BigDecimal(text)));

        assertThat(read.number()).isEqualByComparingTo(new BigDecimal(text));
    }

    @Test
    void infiniteNumbersAreRead() throws Exception {
        assertThat(OracleReaders.decimal(NUMBER.posInf())).isEqualTo(DecimalValue.INFINITY);
        assertThat(OracleReaders.decimal(NUMBER.negInf())).isEqualTo(DecimalValue.NEGATIVE_INFINITY);
    }

    @Test
    void lengthsOfTimeAreReadAsDaysAndWhatIsLeft() {
        assertThat(OracleReaders.interval(new BigDecimal("183600.000001")))
                .isEqualTo(new IntervalValue(0, 2, 10_800_000_001L));
        assertThat(OracleReaders.interval(new BigDecimal("-86401"))).isEqualTo(new IntervalValue(0, -1, -1_000_000L));
        assertThatThrownBy(() -> OracleReaders.interval(new BigDecimal("0.0000001")))
                .isInstanceOf(InvalidValueException.class);
    }
}
