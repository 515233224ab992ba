package io.godwit.connector.json;

import io.godwit.core.table.SourceType;
import java.util.List;
import java.util.stream.Stream;

/** Types that values in text forms, JSON's among them, may be declared, known or guessed to have. */
public final class DeclaredTypes {
    /** By their notations, those of other systems' own types aside. */
    public static final List<SourceType> ALL = Stream.of(
                    "bool",
                    "int2",
                    "int4",
                    "int8",
                    "float4",
                    "float8",
                    "numeric",
                    "numeric(18,2)",
                    "money",
                    "text",
                    "varchar(30)",
                    "char(10)",
                    "bytea",
                    "date",
                    "time",
                    "timetz",
                    "timestamp",
                    "timestamp(3)",
                    "timestamptz",
                    "interval",
                    "uuid",
                    "json",
                    "jsonb",
                    "xml",
                    "bit(8)",
                    "varbit",
                    "inet",
                    "cidr",
                    "macaddr",
                    "int4[]",
                    "text[]",
                    "range<int4>",
                    "multirange<timestamptz>")
            .map(notation -> SourceType.of(notation, notation))
            .toList();

    private DeclaredTypes() {}
}
