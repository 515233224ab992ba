package io.godwit.connector.kafka;

import io.godwit.core.table.SourceType;
import java.util.List;
import java.util.stream.Stream;

/** Types of the columns of messages: by their notations, what JSON's values are declared, guessed or known to be. */
final class KafkaTypes {
    static final List<SourceType> SOURCE = Stream.of(
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

    private KafkaTypes() {}
}
