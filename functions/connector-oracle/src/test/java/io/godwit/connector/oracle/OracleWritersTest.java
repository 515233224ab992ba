package io.godwit.connector.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.connector.jdbc.dialect.RefusedValueException;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import oracle.sql.Datum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the wire, at the bounds of what the server has. */
class OracleWritersTest {

    private static Object written(String type, String nativeType, String value) {
        LogicalType wire = LogicalType.parse(type);
        Codec<Object> codec = Codecs.of(wire);
        byte[] bytes = codec.encode(codec.parse(value));
        return OracleWriters.of(new Field("c", wire, nativeType)).of(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int2 | NUMBER(5) | -32768 | -32768",
                "int8 | NUMBER(19) | -9223372036854775808 | -9223372036854775808",
                "numeric(38,10) | NUMBER(38,10) | 1234567890123456789012345678.0000000001 | 1234567890123456789012345678.0000000001",
                "numeric | NUMBER | 100000000000000000000000000000000000000000 | 100000000000000000000000000000000000000000",
                "numeric(5,-2) | NUMBER(5,-2) | 1234500 | 1234500",
                "float8 | BINARY_DOUBLE | NaN | NaN",
                "float8 | BINARY_DOUBLE | -Infinity | -Infinity",
                "float4 | BINARY_FLOAT | 1.4E-45 | 1.4E-45",
                "bool | BOOLEAN | true | true",
                "text | CLOB | Grüße 𝄞 | Grüße 𝄞",
                "char(5) | CHAR(5 CHAR) | ab | ab",
                "interval(0) | INTERVAL YEAR(2) TO MONTH | -1 year -2 mons | -14",
                "interval(6) | INTERVAL DAY(2) TO SECOND(6) | 2 days 03:00:00.000001 | 183600.000001",
                "interval(6) | INTERVAL DAY(2) TO SECOND(6) | -1 days -00:00:01 | -86401.000000",
                "text-form<TIMESTAMP(9)> | TIMESTAMP(9) | 2024-02-29 13:14:15.123456789 | 2024-02-29 13:14:15.123456789"
            })
    void valueThatTheServerHasGoesAsItIs(String type, String nativeType, String value, String sent) {
        assertThat(written(type, nativeType, value)).hasToString(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp(0), DATE, 2024-02-29 13:14:15, 7",
        "timestamp(6), TIMESTAMP(6), 2024-02-29 13:14:15.5, 11",
        "timestamptz(6), TIMESTAMP(6) WITH LOCAL TIME ZONE, 2024-02-29 13:14:15.5+00, 11"
    })
    void timesGoAsTheServersBytes(String type, String nativeType, String value, int length) {
        assertThat(((Datum) written(type, nativeType, value)).getBytes()).hasSize(length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | CLOB | ''",
                "varchar(9) | VARCHAR2(9 CHAR) | ''",
                "bytea | BLOB | \\x",
                "bytea | RAW(9) | \\x",
                "numeric | NUMBER | NaN",
                "numeric | NUMBER | 1.00000000000000000000000000000000000001",
                "numeric | NUMBER(9,2) | 1.005",
                "numeric | NUMBER(5,-2) | 150",
                "numeric | FLOAT(20) | 1234567.5",
                "float8 | BINARY_DOUBLE | -0",
                "float4 | BINARY_FLOAT | -0",
                "timestamp(0) | DATE | infinity",
                "timestamp | DATE | 2024-01-01 00:00:00.5",
                "timestamp | TIMESTAMP(6) | 1582-10-05 00:00:00",
                "timestamp | TIMESTAMP(6) | 1582-10-14 23:59:59",
                "timestamp | TIMESTAMP(6) | 10000-01-01 00:00:00",
                "timestamp | TIMESTAMP(6) | 4713-12-31 00:00:00 BC",
                "interval | INTERVAL YEAR(2) TO MONTH | 1 mon 1 day",
                "interval | INTERVAL DAY(2) TO SECOND(6) | 1 mon",
                "interval | INTERVAL DAY(2) TO SECOND(6) | 24:00:00",
                "interval | INTERVAL DAY(2) TO SECOND(6) | 1 day -00:00:01",
                "text-form<TIMESTAMP(9)> | TIMESTAMP(9) | yesterday"
            })
    void valueThatTheServerHasNotIsRefused(String type, String nativeType, String value) {
        assertThatThrownBy(() -> written(type, nativeType, value)).isInstanceOf(RefusedValueException.class);
    }
}
