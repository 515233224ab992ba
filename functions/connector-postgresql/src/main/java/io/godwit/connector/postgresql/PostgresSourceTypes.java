package io.godwit.connector.postgresql;

import io.godwit.core.table.SourceType;
import java.util.List;
import java.util.stream.Stream;

/** The types of the server, each of which is read in its own binary form; those of users: docs/types.md. */
final class PostgresSourceTypes {
    static final List<SourceType> ALL = Stream.concat(named(), ranges()).toList();

    private PostgresSourceTypes() {}

    /** Whose notation is their name. */
    private static Stream<SourceType> named() {
        return Stream.of(
                        "bool",
                        "int2",
                        "int4",
                        "int8",
                        "numeric",
                        "numeric(12,2)",
                        "float4",
                        "float8",
                        "money",
                        "oid",
                        "xid8",
                        "text",
                        "varchar",
                        "varchar(40)",
                        "char(8)",
                        "name",
                        "bytea",
                        "date",
                        "time",
                        "time(3)",
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
                        "macaddr8",
                        "tsvector",
                        "point",
                        "polygon",
                        "int4[]",
                        "text[]")
                .map(name -> SourceType.of(name, name));
    }

    private static Stream<SourceType> ranges() {
        return Stream.of(
                SourceType.of("int4range", "range<int4>"), SourceType.of("tstzmultirange", "multirange<timestamptz>"));
    }
}
