package io.godwit.connector.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.connector.jdbc.dialect.RefusedValueException;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Writer;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.nio.charset.CharsetEncoder;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the wire, at the bounds of what the server has. */
class SqlServerWritersTest {

    private static Object written(Writer writer, String type, String value) {
        Codec<Object> codec = Codecs.of(LogicalType.parse(type));
        byte[] bytes = codec.encode(codec.parse(value));
        return writer.of(bytes, 0, bytes.length);
    }

    private static Object written(String type, String nativeType, String value) {
        return written(
                SqlServerWriters.of(new Field("c", LogicalType.parse(type), nativeType), null, false), type, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int2 | tinyint | 255 | 255",
                "int2 | smallint | -32768 | -32768",
                "int8 | bigint | -9223372036854775808 | -9223372036854775808",
                "numeric(38,10) | decimal(38,10) | 1234567890123456789012345678.0000000001 | 1234567890123456789012345678.0000000001",
                "numeric(12,2) | decimal(12,2) | 1.50 | 1.50",
                "numeric(19,4) | money | -922337203685477.5808 | -922337203685477.5808",
                "numeric(10,4) | smallmoney | 214748.3647 | 214748.3647",
                "float8 | float | 4.9E-324 | 4.9E-324",
                "float4 | real | 3.4028235E38 | 3.4028235E38",
                "bool | bit | true | true",
                "text | nvarchar(max) | Grüße 𝄞 | Grüße 𝄞",
                "char(5) | nchar(5) | ab | ab",
                "varchar(9) | varchar(9) | plain | plain",
                "date | date | 0001-01-01 | 0001-01-01",
                "date | date | 9999-12-31 | 9999-12-31",
                "time(6) | time(6) | 23:59:59.999999 | 23:59:59.999999",
                "timestamp(6) | datetime2(6) | 9999-12-31 23:59:59.999999 | 9999-12-31 23:59:59.999999",
                "timestamp(3) | datetime | 1753-01-01 00:00:00.003 | 1753-01-01 00:00:00.003",
                "timestamp(3) | datetime | 2024-02-29 23:59:59.99 | 2024-02-29 23:59:59.99",
                "timestamp(0) | smalldatetime | 2024-02-29 23:59:00 | 2024-02-29 23:59:00",
                "timestamptz(6) | datetimeoffset(6) | 2024-02-29 23:59:59.5+02 | 2024-02-29 21:59:59.5 +00:00",
                "text-form<datetime2(7)> | datetime2(7) | 2024-02-29 23:59:59.1234567 | 2024-02-29 23:59:59.1234567",
                "text-form<datetimeoffset(7)> | datetimeoffset(7) | 2024-02-29 23:59:59.1234567 +05:45 | 2024-02-29 23:59:59.1234567 +05:45",
                "uuid | uniqueidentifier | 01234567-89ab-cdef-0123-456789abcdef | 01234567-89ab-cdef-0123-456789abcdef"
            })
    void valueThatTheServerHasGoesAsItIs(String type, String nativeType, String value, String sent) {
        assertThat(written(type, nativeType, value).toString()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int2 | tinyint | 256",
                "int2 | tinyint | -1",
                "numeric | decimal(38,10) | NaN",
                "numeric(12,2) | decimal(12,2) | NaN",
                "numeric(19,4) | money | 922337203685477.5808",
                "numeric(10,4) | smallmoney | 214748.3648",
                "float8 | float | NaN",
                "float8 | float | Infinity",
                "float8 | float | -0",
                "float4 | real | -Infinity",
                "varchar(9) | varchar(9) | ł",
                "date | date | 10000-01-01",
                "date | date | 0001-12-31 BC",
                "date | date | infinity",
                "time | time(6) | 24:00:00",
                "timestamp | datetime2(6) | -infinity",
                "timestamp(3) | datetime | 2024-01-01 00:00:00.001",
                "timestamp(3) | datetime | 1752-12-31 00:00:00",
                "timestamp(0) | smalldatetime | 2024-01-01 00:00:01",
                "timestamp(0) | smalldatetime | 1899-12-31 00:00:00",
                "timestamptz | datetimeoffset(6) | 0001-01-01 00:00:00+00 BC",
                "text-form<datetime2(7)> | datetime2(7) | 2024-02-29 23:59:59.12345678",
                "text-form<datetime2(7)> | datetime2(7) | yesterday",
                "bytea | binary(4) | \\x010203"
            })
    void valueThatTheServerHasNotIsRefusedAndNotShown(String type, String nativeType, String value) {
        assertThatThrownBy(() -> written(type, nativeType, value))
                .isInstanceOf(RefusedValueException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(" " + value + "."));
    }

    /** The server compares texts without the blanks, and bytes without the zeros, at their ends. */
    @Test
    void keysThatTheServerDoesNotTellApartAreRefusedWhereRowsMeet() {
        Writer text = SqlServerWriters.of(new Field("k", LogicalType.parse("text"), "nvarchar(150)"), null, true);
        Writer bytes = SqlServerWriters.of(new Field("k", LogicalType.parse("bytea"), "varbinary(300)"), null, true);

        assertThat(written(text, "text", " a")).isEqualTo(" a");
        assertThatThrownBy(() -> written(text, "text", "a ")).isInstanceOf(RefusedValueException.class);
        assertThatThrownBy(() -> written(bytes, "bytea", "\\x0100")).isInstanceOf(RefusedValueException.class);
    }

    @Test
    void textGoesIntoACodePageThatHasItsCharacters() {
        Field field = new Field("c", LogicalType.parse("varchar(9)"), "varchar(9)");
        CharsetEncoder latin = SqlServerSinkWords.encoder(1252);
        CharsetEncoder unicode = SqlServerSinkWords.encoder(65001);

        assertThat(written(SqlServerWriters.of(field, latin, false), "varchar(9)", "10 €"))
                .isEqualTo("10 €");
        assertThat(written(SqlServerWriters.of(field, unicode, false), "varchar(9)", "ł𝄞"))
                .isEqualTo("ł𝄞");
        assertThatThrownBy(() -> written(SqlServerWriters.of(field, latin, false), "varchar(9)", "ł"))
                .isInstanceOf(RefusedValueException.class);
        assertThat(SqlServerSinkWords.encoder(99999)).isNull();
    }

    @Test
    void bulkCopyIsToldEachColumnsType() {
        List<Field> fields = List.of(
                new Field("id", LogicalType.parse("int8"), "bigint"),
                new Field("total", LogicalType.parse("numeric(12,2)"), "decimal(12,2)"),
                new Field("name", LogicalType.parse("text"), "nvarchar(max)"));
        List<Writer> writers = fields.stream()
                .map(field -> SqlServerWriters.of(field, null, false))
                .toList();
        var rows = new SqlServerBulk.Rows(
                fields,
                writers,
                Arrays.<Object[]>asList(new Object[] {1L, null, "a"}).iterator());

        assertThat(rows.getColumnOrdinals()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(rows.getColumnType(1)).isEqualTo(Types.BIGINT);
        assertThat(rows.getColumnType(2)).isEqualTo(Types.DECIMAL);
        assertThat(List.of(rows.getPrecision(2), rows.getScale(2))).containsExactly(12, 2);
        assertThat(rows.getColumnType(3)).isEqualTo(Types.LONGNVARCHAR);
        assertThat(rows.next()).isTrue();
        assertThat(rows.getRowData()).containsExactly(1L, null, "a");
        assertThat(rows.next()).isFalse();
    }

    @Test
    void tableWithTimesGoesByInsertAsTheDriverWouldReadThemInThisMachinesZone() {
        Field id = new Field("id", LogicalType.parse("int8"), "bigint");
        Field at = new Field("at", LogicalType.parse("timestamp(6)"), "datetime2(6)");
        SqlServerSinkWords words = new SqlServerSinkWords();
        var table = new io.godwit.core.table.TableName(null, null, "t");

        assertThat(words.bulk(table, List.of(id), List.of())).isNotNull();
        assertThat(words.bulk(table, List.of(id, at), List.of())).isNull();
    }
}
