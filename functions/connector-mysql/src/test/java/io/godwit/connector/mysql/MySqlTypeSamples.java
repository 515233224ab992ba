package io.godwit.connector.mysql;

import io.godwit.connector.kit.TypeSample;
import io.godwit.core.type.LogicalType;
import java.util.List;

/** Values of the server's types that have broken somebody's copy before. */
final class MySqlTypeSamples {
    private MySqlTypeSamples() {}

    static List<TypeSample> all() {
        return List.of(
                of("tinyint", "int2", "-128", "127", "0"),
                of("tinyint(1)", "int2", "-128", "2", "1"),
                of("tinyint unsigned", "int2", "0", "255"),
                of("smallint", "int2", "-32768", "32767"),
                of("smallint unsigned", "int4", "0", "65535"),
                of("mediumint", "int4", "-8388608", "8388607"),
                of("mediumint unsigned", "int4", "0", "16777215"),
                of("int", "int4", "-2147483648", "2147483647"),
                of("int unsigned", "int8", "0", "4294967295"),
                of("bigint", "int8", "-9223372036854775808", "9223372036854775807"),
                of("bigint unsigned", "numeric(20,0)", "0", "18446744073709551615"),
                of("year", "int2", "1901", "2155", "0000"),
                of(
                        "decimal(65,30)",
                        "numeric(65,30)",
                        "-99999999999999999999999999999999999.999999999999999999999999999999",
                        "0.000000000000000000000000000001",
                        "0"),
                of("decimal(10,2)", "numeric(10,2)", "-99999999.99", "1.10"),
                of("float", "float4", "0.1", "16777217", "3.40282e38", "1.17549e-38", "-0"),
                of(
                        "double",
                        "float8",
                        "0.1",
                        "1.7976931348623157e308",
                        "2.2250738585072014e-308",
                        "123456789.123456789"),
                of("bit(1)", "bit(1)", "b'0'", "b'1'"),
                of("bit(64)", "bit(64)", "b'0'", "x'FFFFFFFFFFFFFFFF'", "x'8000000000000001'"),
                of("date", "date", "0001-01-01", "1582-10-10", "9999-12-31", "2024-02-29"),
                of("datetime", "timestamp(0)", "0001-01-01 00:00:00", "9999-12-31 23:59:59"),
                of("datetime(6)", "timestamp(6)", "1582-10-10 12:34:56.000001", "9999-12-31 23:59:59.999999"),
                of("datetime(3)", "timestamp(3)", "2024-03-31 02:30:00.123"),
                of("timestamp(6)", "timestamptz(6)", "1970-01-01 00:00:01.000001", "2038-01-19 03:14:07.999999"),
                of("timestamp", "timestamptz(0)", "2024-10-27 01:30:00"),
                of("time", "interval(0)", "-838:59:59", "838:59:59", "00:00:00"),
                of("time(6)", "interval(6)", "-00:00:00.000001", "24:00:00.000000", "838:59:58.999999"),
                of("char(10)", "char(10)", "", "abc", "🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦"),
                of("varchar(30)", "varchar(30)", "", " x ", "tab\tnew\nback\\slash'\"`", "NULL", "\\N", "🐦é日"),
                of("varchar(20) CHARACTER SET latin1", "varchar(20)", "é€ÿ", ""),
                of("varchar(20) CHARACTER SET utf16", "varchar(20)", "🐦é"),
                of("tinytext", "text", "", "x"),
                of("longtext", "text", "", "line\r\nline\0nul", "%s ${x}"),
                of("binary(4)", "bytea", "x'00000000'", "x'FF00FE0A'"),
                of("varbinary(10)", "bytea", "x''", "x'5C4E'", "x'090A0D5C00'"),
                of("longblob", "bytea", "x''", "x'FFFE00'"),
                of("enum('a','it''s','b,c','é')", "enum('a','it''s','b,c','é')", "a", "it's", "b,c", "é"),
                of("set('a','b','c')", "text", "", "a", "a,c"),
                of(
                        "json",
                        "json",
                        "{}",
                        "[1.0, 1e400, 12345678901234567890, \"\\ud83d\\udc26\"]",
                        "{\"b\": 1, \"a\":  2}",
                        "null"),
                of("uuid", "uuid", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
                of("inet4", "inet", "0.0.0.0", "255.255.255.255"),
                of("inet6", "inet", "::", "::1", "::ffff:10.0.0.1", "2001:db8::ff00:42:8329"));
    }

    private static TypeSample of(String nativeType, String notation, String... values) {
        return new TypeSample(LogicalType.parse(notation), nativeType, List.of(values));
    }
}
