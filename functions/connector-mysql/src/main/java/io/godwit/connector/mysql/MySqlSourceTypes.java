package io.godwit.connector.mysql;

import io.godwit.core.table.SourceType;
import java.util.List;
import java.util.stream.Stream;

/** The types of the servers, and what {@link MySqlTypes} reads each as. */
final class MySqlSourceTypes {
    private static final List<SourceType> BOTH = List.of(
            SourceType.of("tinyint", "int2"),
            SourceType.of("tinyint unsigned", "int2"),
            SourceType.of("smallint", "int2"),
            SourceType.of("smallint unsigned", "int4"),
            SourceType.of("mediumint", "int4"),
            SourceType.of("mediumint unsigned", "int4"),
            SourceType.of("int", "int4"),
            SourceType.of("int unsigned", "int8"),
            SourceType.of("bigint", "int8"),
            SourceType.of("bigint unsigned", "numeric(20,0)"),
            SourceType.of("decimal(12,2)", "numeric(12,2)"),
            SourceType.of("float", "float4"),
            SourceType.of("double", "float8"),
            SourceType.of("bit(8)", "bit(8)"),
            SourceType.of("year", "int2"),
            SourceType.of("date", "date"),
            SourceType.of("time(3)", "interval(3)"),
            SourceType.of("datetime(6)", "timestamp(6)"),
            SourceType.of("timestamp(6)", "timestamptz(6)"),
            SourceType.of("char(8)", "char(8)"),
            SourceType.of("varchar(40)", "varchar(40)"),
            SourceType.of("tinytext", "text"),
            SourceType.of("text", "text"),
            SourceType.of("mediumtext", "text"),
            SourceType.of("longtext", "text"),
            SourceType.of("enum('a','b')", "enum('a','b')"),
            SourceType.of("set('a','b')", "text"),
            SourceType.of("json", "json"),
            SourceType.of("binary(4)", "bytea"),
            SourceType.of("varbinary(40)", "bytea"),
            SourceType.of("longblob", "bytea"));

    private static final List<SourceType> MARIADB =
            List.of(SourceType.of("uuid", "uuid"), SourceType.of("inet4", "inet"), SourceType.of("inet6", "inet"));

    private MySqlSourceTypes() {}

    /** @param mariaDb whether MariaDB's own types are among them */
    static List<SourceType> all(boolean mariaDb) {
        return mariaDb ? Stream.concat(BOTH.stream(), MARIADB.stream()).toList() : BOTH;
    }
}
