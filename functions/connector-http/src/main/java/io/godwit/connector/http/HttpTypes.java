package io.godwit.connector.http;

import io.godwit.core.table.SourceType;
import java.util.List;
import java.util.stream.Stream;

/** Types of keys' values: JSON's own, and text forms of others, as declared or as a sample shows. */
final class HttpTypes {

    /** By their notations. */
    static final List<SourceType> SOURCE = Stream.of(
                    "bool",
                    "int2",
                    "int4",
                    "int8",
                    "float4",
                    "float8",
                    "numeric",
                    "numeric(18,2)",
                    "text",
                    "varchar(30)",
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
                    "inet")
            .map(notation -> SourceType.of(notation, notation))
            .toList();

    private HttpTypes() {}
}
