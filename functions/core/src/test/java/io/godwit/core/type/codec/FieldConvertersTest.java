package io.godwit.core.type.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.type.LogicalType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What values become, each given and expected in its text form. */
class FieldConvertersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int2 | -32768 | int4 | -32768",
                "int4 | -2147483648 | int8 | -2147483648",
                "int4 | 2147483647 | float8 | 2147483647",
                "int2 | -32768 | float4 | -32768",
                "int8 | -9223372036854775808 | numeric | -9223372036854775808",
                "int8 | 100000000 | numeric | 100000000",
                "int8 | 0 | numeric | 0",
                "int4 | 10000 | numeric(12,2) | 10000.00",
                "int4 | 0 | numeric(12,2) | 0.00",
                "oid | 4294967295 | int8 | 4294967295",
                "oid | 4294967295 | xid8 | 4294967295",
                "bool | t | int4 | 1",
                "bool | t | text | true",
                "bool | f | varchar(5) | false",
                "int4 | 1 | bool | t",
                "float4 | 0.1 | float8 | 0.10000000149011612",
                "float4 | NaN | float8 | NaN",
                "float8 | 0.1 | float4 | 0.1",
                "float8 | 2.5 | int4 | 2",
                "float8 | 1e+15 | numeric | 1000000000000000",
                "numeric(10,2) | -0.10 | numeric(12,4) | -0.1000",
                "numeric(10,2) | NaN | numeric(12,4) | NaN",
                "numeric | 1.005 | numeric(10,2) | 1.01",
                "numeric | -2.5 | int4 | -3",
                "numeric | 1.25 | float8 | 1.25",
                "numeric | 0.00 | text | 0.00",
                "money | $1,234.56 | numeric | 1234.56",
                "date | 2026-11-22 | timestamp | 2026-11-22 00:00:00",
                "date | 0044-03-15 BC | timestamp | 0044-03-15 00:00:00 BC",
                "date | infinity | timestamp | infinity",
                "date | -infinity | timestamptz | -infinity",
                "timestamp | 2026-11-22 02:00:00.5 | date | 2026-11-22",
                "timestamp | 2026-11-22 02:00:00.5 | timestamp(0) | 2026-11-22 02:00:01",
                "timestamp | 1999-12-31 23:59:59.5 | timestamp(0) | 1999-12-31 23:59:59",
                "timestamp | infinity | timestamp(0) | infinity",
                "timestamptz | 2026-11-22 02:00:00+00 | timestamp | 2026-11-22 02:00:00",
                "time | 24:00:00 | interval | 24:00:00",
                "time | 12:00:00.5 | timetz | 12:00:00.5+00",
                "timetz | 12:00:00+05:30 | time | 12:00:00",
                "char(6) | `ab    ` | text | ab",
                "char(6) | `ab    ` | varchar(6) | ab",
                "char(3) | `ab ` | char(5) | `ab   `",
                "char(6) | `42    ` | int4 | 42",
                "int4 | -5 | char(5) | `-5   `",
                "text | `ab   ` | varchar(2) | ab",
                "inet | 10.0.0.1 | text | 10.0.0.1/32",
                "cidr | 10.0.0.0/8 | inet | 10.0.0.0/8",
                "inet | 10.0.0.0/8 | cidr | 10.0.0.0/8",
                "macaddr | 08:00:2b:01:02:03 | macaddr8 | 08:00:2b:ff:fe:01:02:03",
                "jsonb | {`a`: 1} | json | {`a`: 1}",
                "json | [1] | jsonb | [1]",
                "jsonb | [1] | text | [1]",
                "text | [1] | jsonb | [1]",
                "bytea | \\x00ff | text | \\x00ff",
                "text | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | uuid | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "text | 2026-11-22T02:00:00Z | timestamptz | 2026-11-22 02:00:00+00",
                "int4[] | [0:1]={1,NULL} | int8[] | [0:1]={1,NULL}",
                "varchar(3)[] | {{a,b},{c,d}} | text[] | {{a,b},{c,d}}",
                "int4[] | {} | numeric[] | {}",
                "text[] | {1,2} | int4[] | {1,2}",
                "int4[] | {1,2} | text | {1,2}",
                "range<int4> | [1,5) | range<int8> | [1,5)",
                "range<int4> | empty | range<int8> | empty",
                "range<int4> | (,5) | multirange<int4> | {(,5)}",
                "range<int4> | empty | multirange<int8> | {}",
                "multirange<int4> | {[1,3),[5,)} | multirange<int8> | {[1,3),[5,)}",
                "range<date> | [2000-01-01,2000-02-01) | range<timestamp> | [`2000-01-01 00:00:00`,`2000-02-01 00:00:00`)",
                "range<int4> | [1,5) | range<numeric> | [1,5)",
                "interval | 1 mon -1 days | text | 1 mon -1 days",
                "tsvector | 'a':1 'b' | text | 'a':1 'b'",
                "enum('a','b') | a | text | a",
                "text | b | enum('a','b') | b",
                "text-form<x.y> | (1,2) | text | (1,2)",
                "text-form<x.y> | 12 | int4 | 12"
            })
    void becomes(String fromType, String value, String toType, String expected) {
        LogicalType from = LogicalType.parse(fromType.replace('`', '"'));
        LogicalType to = LogicalType.parse(toType.replace('`', '"'));
        String text = Codecs.of(to).format(Codecs.of(to).decode(convert(from, value.replace('`', '"'), to)));
        assertThat(text).isEqualTo(expected.replace('`', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int8 | 2147483648 | int4",
                "int4 | -1 | oid",
                "int4 | 2 | bool",
                "float8 | 1e+300 | float4",
                "float8 | NaN | int4",
                "float8 | 1e+19 | int8",
                "numeric | NaN | int8",
                "numeric | 1e+100 | int8",
                "numeric | Infinity | numeric(10,2)",
                "numeric | 100 | numeric(4,2)",
                "date | 5874897-12-31 | timestamp",
                "text | abcd | varchar(3)",
                "text | zero | int4",
                "text | c | enum('a','b')",
                "text | 2026-02-30 | date",
                "inet | 10.0.0.1/8 | cidr",
                "int8[] | {1,2147483648} | int4[]",
                "varbit | 1010 | varbit(3)"
            })
    void isRefusedWithoutBeingNamed(String fromType, String value, String toType) {
        LogicalType from = LogicalType.parse(fromType);
        LogicalType to = LogicalType.parse(toType);
        assertThatThrownBy(() -> convert(from, value, to))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageNotContaining(value);
    }

    private static byte[] convert(LogicalType from, String value, LogicalType to) {
        Codec<Object> source = Codecs.of(from);
        byte[] bytes = source.encode(source.parse(value));
        FieldWriter out = new FieldWriter();
        out.int8(-1); // a converter adds to what is there
        FieldConverters.of(from, to).convert(bytes, 0, bytes.length, out);
        byte[] written = out.toByteArray();
        return java.util.Arrays.copyOfRange(written, 8, written.length);
    }
}
