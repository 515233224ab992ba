package io.godwit.connector.kit;

import java.util.List;

final class NestedSamples {
    private NestedSamples() {}

    static List<TypeSample> all() {
        return List.of(
                TypeSample.of(
                        "int4[]",
                        "{}",
                        "{1}",
                        "{1,NULL,-3}",
                        "{NULL}",
                        "{{1,2},{3,4}}",
                        "[0:1]={5,6}",
                        "[-1:0][2:3]={{1,2},{3,NULL}}",
                        "{{{1},{2}},{{3},{4}}}",
                        "{{{{{{1}}}}}}"),
                TypeSample.of("int2[]", "{-32768,32767}"),
                TypeSample.of("int8[]", "{-9223372036854775808,9223372036854775807}"),
                TypeSample.of("bool[]", "{t,f,NULL}"),
                TypeSample.of("float4[]", "{0.1,NaN}"),
                TypeSample.of("float8[]", "{0.1,-Infinity}"),
                TypeSample.of("numeric[]", "{0.10,NaN,12345678901234567890}"),
                TypeSample.of("numeric(8,3)[]", "{0.100,-99999.999}"),
                TypeSample.of(
                        "text[]",
                        "{}",
                        "{\"\"}",
                        "{NULL,\"NULL\",null}",
                        "{\"a,b\",\"c\\\"d\",\"e\\\\f\",\"{g}\"}",
                        "{\" \",\"\t\",🐦}",
                        "{{a,b},{c,d}}"),
                TypeSample.of("varchar(5)[]", "{abc,\"a b\"}"),
                TypeSample.of("char(3)[]", "{a,abc}"),
                TypeSample.of("name[]", "{a}"),
                TypeSample.of("bytea[]", "{\"\\\\x\",\"\\\\x00ff\"}"),
                TypeSample.of("date[]", "{2000-01-01,infinity,\"0044-03-15 BC\"}"),
                TypeSample.of("time[]", "{24:00:00}"),
                TypeSample.of("timetz[]", "{12:00:00+05:30}"),
                TypeSample.of("timestamp[]", "{\"2000-01-01 00:00:00\",infinity}"),
                TypeSample.of("timestamptz[]", "{\"2000-01-01 00:00:00+00\",NULL}"),
                TypeSample.of("interval[]", "{\"1 day 02:03:04\",00:00:00}"),
                TypeSample.of("uuid[]", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"),
                TypeSample.of("json[]", "{\"{\\\"a\\\": [1, 2]}\"}"),
                TypeSample.of("jsonb[]", "{\"{\\\"a\\\": [1, 2]}\",NULL}"),
                TypeSample.of("inet[]", "{192.168.0.1,::1/64}"),
                TypeSample.of("bit(3)[]", "{101,000}"),
                TypeSample.of("box[]", "{(1,1),(0,0);(2,2),(1,1)}"),
                TypeSample.of("point[]", "{\"(1,2)\",\"(3,4)\"}"),
                TypeSample.of("money[]", "{$1.00}"),
                TypeSample.named("int4range[]", "range<int4>[]", "{\"[1,3)\",empty}"),
                TypeSample.named(
                        "int4range",
                        "range<int4>",
                        "empty",
                        "(,)",
                        "[1,10]",
                        "(1,10)",
                        "[1,)",
                        "(,5]",
                        "[5,5]",
                        "(5,5)"),
                TypeSample.named("int8range", "range<int8>", "empty", "[-9223372036854775808,9223372036854775807)"),
                TypeSample.named(
                        "numrange",
                        "range<numeric>",
                        "empty",
                        "(1.5,2.50]",
                        "[1.5,1.5]",
                        "(1,1]",
                        "[NaN,NaN]",
                        "(,Infinity)"),
                TypeSample.named(
                        "daterange", "range<date>", "empty", "[2000-01-01,2000-12-31]", "(,infinity)", "[-infinity,]"),
                TypeSample.named("tsrange", "range<timestamp>", "empty", "[2000-01-01 00:00:00,2000-01-02 00:00:00.5)"),
                TypeSample.named("tstzrange", "range<timestamptz>", "empty", "(2000-01-01 00:00:00+00,infinity]"),
                TypeSample.named("int4multirange", "multirange<int4>", "{}", "{[1,3),[5,7]}", "{(,)}"),
                TypeSample.named("int8multirange", "multirange<int8>", "{}", "{[1,3)}"),
                TypeSample.named("nummultirange", "multirange<numeric>", "{}", "{[1.0,3.5),(5,7]}"),
                TypeSample.named("datemultirange", "multirange<date>", "{[2000-01-01,2000-01-02)}"),
                TypeSample.named(
                        "tsmultirange", "multirange<timestamp>", "{[2000-01-01 00:00:00,2000-01-02 00:00:00)}"),
                TypeSample.named("tstzmultirange", "multirange<timestamptz>", "{(,2000-01-01 00:00:00+00)}"));
    }
}
