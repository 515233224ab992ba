package io.godwit.connector.sqlite;

import io.godwit.connector.kit.TypeSample;
import io.godwit.core.type.LogicalType;
import java.util.List;

/** Values of declared types that SQLite or somebody's copy has changed before. */
final class SqliteTypeSamples {
    private SqliteTypeSamples() {}

    static List<TypeSample> all() {
        return List.of(
                of("integer", "int8", "-9223372036854775808", "9223372036854775807", "9007199254740993", "0"),
                of("bigint", "int8", "-9223372036854775808", "9223372036854775807"),
                of("int4", "int4", "-2147483648", "2147483647"),
                of("smallint", "int2", "-32768", "32767"),
                of("boolean", "bool", "true", "false"),
                of(
                        "double",
                        "float8",
                        "0.1",
                        "1.7976931348623157e308",
                        "4.9e-324",
                        "Infinity",
                        "-Infinity",
                        "9007199254740993",
                        "1e22",
                        "0.30000000000000004"),
                of("float4", "float4", "0.10000000149011612", "3.4028234663852886e38", "16777216", "-Infinity"),
                of("decimal(10,2)", "numeric(10,2)", "-99999999.99", "1.10", "0", "7"),
                of("decimal(15,0)", "numeric(15,0)", "999999999999999", "-1"),
                of("decimal(15,15)", "numeric(15,15)", "0.123456789012345", "0.000000000000001"),
                of(
                        "decimal_text(65,30)",
                        "numeric(65,30)",
                        "-99999999999999999999999999999999999.999999999999999999999999999999",
                        "0.000000000000000000000000000001",
                        "NaN"),
                of("decimal_text", "numeric", "1.10", "1.1", "1e3", "NaN", "Infinity", "-Infinity", "0.000"),
                of("numeric", "numeric", "5", "-0.5", "9223372036854775807"),
                of("text", "text", "", "1.10", "007", "NULL", "line\r\nline\0nul", "🐦é日", " x ", "'"),
                of("varchar(10)", "varchar(10)", "", "1e5", "🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦"),
                of("bpchar(4)", "char(4)", "12  ", "    "),
                of("blob", "bytea", "x''", "x'00ff'", "x'31'"),
                of("date", "date", "0001-01-01", "1582-10-10", "4713-01-01 BC", "5874897-12-31", "infinity"),
                of("time", "time", "00:00:00", "24:00:00", "23:59:59.999999"),
                of("timetz", "timetz", "00:00:00+15:59:59", "12:00:00.5-00:30"),
                of("datetime", "timestamp", "2026-11-23 02:00:00", "2026-11-23T02:00:00.120000", "-infinity"),
                of("timestamp(3)", "timestamp(3)", "2026-11-23 02:00:00.123", "0044-03-15 12:00:00 BC"),
                of(
                        "timestamptz",
                        "timestamptz",
                        "2026-11-23 02:00:00+00",
                        "2026-11-23T02:00:00.000001Z",
                        "2026-11-23 02:00:00+05:45",
                        "infinity"),
                of("interval", "interval", "1 year 2 mons -3 days", "00:00:00.000001", "1 mon -1 days"),
                of("json_text", "json", "1.10", "{\"b\": 1,  \"a\": 2}", "null"),
                of("jsonb_text", "jsonb", "{\"a\": 1}", "1.10"),
                of("json", "json", "{}", "[1.0]", "5"),
                of("xml_text", "xml", "<a/>"),
                of(
                        "uuid",
                        "uuid",
                        "00000000-0000-0000-0000-000000000000",
                        "FFFFFFFF-ffff-ffff-ffff-ffffffffffff",
                        "x'0102030405060708090a0b0c0d0e0f10'"),
                of("inet", "inet", "10.0.0.1", "::1", "2001:db8::/32"),
                of("macaddr", "macaddr", "08:00:2b:01:02:03"),
                of("bit_text(8)", "bit(8)", "00000001", "11111111"),
                of("varbit_text", "varbit", "", "010"),
                of("int4[]", "int4[]", "{}", "{1,NULL,3}", "[2:3]={1,2}"),
                of("text[]", "text[]", "{a,\"b,c\",NULL,\"NULL\"}"),
                of("range<int8>", "range<int8>", "empty", "[1,5)", "(,)"),
                of("point", "point", "(1.5,-2)"),
                of("", "text", "a", "1"),
                of("money", "numeric", "12", "1.5"));
    }

    private static TypeSample of(String nativeType, String notation, String... values) {
        return new TypeSample(LogicalType.parse(notation), nativeType, List.of(values));
    }
}
