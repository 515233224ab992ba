package io.godwit.connector.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server's texts of times, style 121, become the wire's. */
class SqlServerReadersTest {

    private static Field field(String type, String nativeType) {
        return new Field("c", LogicalType.parse(type), nativeType);
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp(3), datetime, 2024-02-29 13:14:15.997, 2024-02-29 13:14:15.997",
        "timestamp(0), smalldatetime, 2024-02-29 13:14:00, 2024-02-29 13:14:00",
        "timestamp(6), datetime2(6), 0001-01-01 00:00:00.000001, 0001-01-01 00:00:00.000001",
        "time(3), time(3), 23:59:59.999, 23:59:59.999",
        "timestamptz(6), datetimeoffset(6), 2024-02-29 13:14:15.000000 +00:00, 2024-02-29 13:14:15+00"
    })
    void timesAreReadToTheLastDigit(String type, String nativeType, String text, String wire) {
        var codec = Codecs.of(LogicalType.parse(type));

        String read = SqlServerReaders.text(field(type, nativeType), text, false);

        assertThat(codec.format(codec.parse(read))).isEqualTo(wire);
    }

    @Test
    void seventhDigitIsNeverRounded() {
        Field field = field("timestamp(6)", "datetime2(7)");

        assertThat(SqlServerReaders.text(field, "2024-02-29 13:14:15.1234560", true))
                .isEqualTo("2024-02-29 13:14:15.123456");
        assertThatThrownBy(() -> SqlServerReaders.text(field, "2024-02-29 13:14:15.1234567", true))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageNotContaining("15.123");
    }

    @Test
    void offsetIsNotDroppedUnlessTheConnectionSaysSo() {
        Field field = field("timestamptz(6)", "datetimeoffset(6)");
        var codec = Codecs.of(field.type());

        assertThatThrownBy(() -> SqlServerReaders.text(field, "2024-02-29 13:14:15.5 +05:45", false))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("times: micros");
        assertThat(codec.format(codec.parse(SqlServerReaders.text(field, "2024-02-29 13:14:15.5 +05:45", true))))
                .isEqualTo("2024-02-29 07:29:15.5+00");
    }

    @Test
    void typeOfManyTypesIsNotRead() {
        assertThatThrownBy(() -> new SqlServerValues(false).selected(field("text-form<sql_variant>", "sql_variant")))
                .isInstanceOfSatisfying(
                        GodwitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED));
    }
}
