package io.godwit.core.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.type.TypeDecision.Kind;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldConverters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeLatticeTest {
    private static final List<String> NOTATIONS = List.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "money",
            "text",
            "name",
            "\"char\"",
            "bytea",
            "date",
            "uuid",
            "json",
            "jsonb",
            "jsonpath",
            "xml",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "point",
            "line",
            "lseg",
            "box",
            "path",
            "polygon",
            "circle",
            "tsvector",
            "tsquery",
            "oid",
            "xid8",
            "pg_lsn",
            "numeric",
            "numeric(10,2)",
            "numeric(12,2)",
            "numeric(12,4)",
            "numeric(3,-2)",
            "numeric(2,5)",
            "varchar",
            "varchar(3)",
            "varchar(100)",
            "char(3)",
            "char(10)",
            "bpchar",
            "bit(3)",
            "varbit",
            "varbit(8)",
            "time",
            "time(3)",
            "timetz",
            "timestamp",
            "timestamp(0)",
            "timestamptz",
            "timestamptz(3)",
            "interval",
            "interval(0)",
            "int4[]",
            "int8[]",
            "text[]",
            "varchar(3)[]",
            "timestamp[]",
            "range<int4>",
            "range<int8>",
            "range<numeric>",
            "range<date>",
            "range<timestamp>",
            "multirange<int4>",
            "multirange<timestamptz>",
            "enum('a','b')",
            "enum('b','c','a')",
            "text-form<shop.address>",
            "text-form<public.citext>");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "varchar(10) | varchar(10) | IDENTICAL",
                "varchar(10) | varchar(11) | IDENTICAL",
                "varchar(10) | text | IDENTICAL",
                "varchar(10) | varchar(9) | NARROWING",
                "text | varchar(9) | NARROWING",
                "enum('a','b') | text | IDENTICAL",
                "enum('a','b') | enum('b','c','a') | IDENTICAL",
                "enum('b','c','a') | enum('a','b') | NARROWING",
                "enum('a','b') | varchar(1) | IDENTICAL",
                "text | enum('a','b') | NARROWING",
                "char(4) | text | WIDENING",
                "char(4) | char(5) | WIDENING",
                "char(4) | char(3) | NARROWING",
                "varchar(3) | char(3) | NARROWING",
                "int4 | char(11) | WIDENING",
                "int2 | int4 | WIDENING",
                "int8 | int4 | NARROWING",
                "int8 | numeric | WIDENING",
                "int8 | numeric(18,0) | NARROWING",
                "int8 | numeric(19,0) | WIDENING",
                "int4 | numeric(12,2) | WIDENING",
                "int4 | numeric(12,3) | NARROWING",
                "int4 | float8 | WIDENING",
                "int4 | float4 | NARROWING",
                "int8 | float8 | NARROWING",
                "oid | int8 | WIDENING",
                "oid | int4 | NARROWING",
                "bool | int2 | WIDENING",
                "int2 | bool | NARROWING",
                "float4 | float8 | WIDENING",
                "float8 | numeric | NARROWING",
                "numeric(10,2) | numeric | IDENTICAL",
                "numeric(10,2) | numeric(12,2) | IDENTICAL",
                "numeric(10,2) | numeric(12,4) | WIDENING",
                "numeric(10,2) | numeric(11,4) | NARROWING",
                "numeric(18,0) | int8 | NARROWING",
                "numeric | numeric(10,2) | NARROWING",
                "date | timestamp | WIDENING",
                "date | timestamptz | NARROWING",
                "timestamp(3) | timestamp | IDENTICAL",
                "timestamp | timestamp(3) | NARROWING",
                "timestamp | timestamptz | NARROWING",
                "time | interval | WIDENING",
                "jsonb | json | WIDENING",
                "json | jsonb | NARROWING",
                "json | text | IDENTICAL",
                "jsonb | text | WIDENING",
                "xml | text | IDENTICAL",
                "uuid | text | WIDENING",
                "uuid | varchar(36) | WIDENING",
                "uuid | varchar(35) | NARROWING",
                "text | uuid | NARROWING",
                "bytea | text | WIDENING",
                "cidr | inet | WIDENING",
                "inet | cidr | NARROWING",
                "macaddr | macaddr8 | WIDENING",
                "bit(3) | varbit(8) | IDENTICAL",
                "int4[] | int8[] | WIDENING",
                "varchar(3)[] | text[] | WIDENING",
                "int8[] | int4[] | NARROWING",
                "int4[] | int4 | IMPOSSIBLE",
                "range<int4> | range<int8> | WIDENING",
                "range<int4> | multirange<int4> | WIDENING",
                "range<int4> | range<numeric> | NARROWING",
                "range<date> | range<timestamp> | WIDENING",
                "text-form<shop.address> | text | IDENTICAL",
                "text | text-form<public.citext> | NARROWING",
                "int4 | date | IMPOSSIBLE",
                "date | int4 | IMPOSSIBLE",
                "bytea | uuid | IMPOSSIBLE",
                "point | circle | IMPOSSIBLE"
            })
    void decides(String from, String to, Kind kind) {
        TypeDecision decision = TypeLattice.decide(LogicalType.parse(from), LogicalType.parse(to));
        assertThat(decision.kind()).isEqualTo(kind);
        assertThat(decision.reason()).isNotEmpty();
    }

    @Test
    void everyPairHasAConverterOrIsImpossible() {
        for (String one : NOTATIONS) {
            for (String other : NOTATIONS) {
                LogicalType from = LogicalType.parse(one);
                LogicalType to = LogicalType.parse(other);
                TypeDecision decision = TypeLattice.decide(from, to);
                if (decision.kind() == Kind.IMPOSSIBLE) {
                    assertThatThrownBy(() -> FieldConverters.of(from, to)).isInstanceOf(IllegalArgumentException.class);
                } else {
                    assertThat(FieldConverters.of(from, to) == FieldConverters.COPY)
                            .as("%s to %s", one, other)
                            .isEqualTo(decision.isIdentical());
                }
            }
        }
    }

    @Test
    void everyTypeBecomesText() {
        for (String one : NOTATIONS) {
            LogicalType from = LogicalType.parse(one);
            TypeDecision decision = TypeLattice.decide(from, LogicalType.Scalar.TEXT);
            assertThat(decision.isLossless()).as(one).isEqualTo(from != LogicalType.Scalar.MONEY);
            assertThat(Codecs.of(from)).isNotNull();
        }
    }
}
