package io.godwit.connector.sqlserver;

import io.godwit.core.table.SourceType;
import java.util.List;

/** The server's types, and what {@link SqlServerTypes} reads each as where the connection says nothing of times. */
final class SqlServerSourceTypes {
    static final List<SourceType> ALL = List.of(
            SourceType.of("tinyint", "int2"),
            SourceType.of("smallint", "int2"),
            SourceType.of("int", "int4"),
            SourceType.of("bigint", "int8"),
            SourceType.of("bit", "bool"),
            SourceType.of("decimal(12,2)", "numeric(12,2)"),
            SourceType.of("numeric(38,10)", "numeric(38,10)"),
            SourceType.of("money", "numeric(19,4)"),
            SourceType.of("smallmoney", "numeric(10,4)"),
            SourceType.of("float", "float8"),
            SourceType.of("real", "float4"),
            SourceType.of("char(8)", "char(8)"),
            SourceType.of("nchar(8)", "char(8)"),
            SourceType.of("varchar(40)", "varchar(40)"),
            SourceType.of("nvarchar(40)", "varchar(40)"),
            SourceType.of("varchar(max)", "text"),
            SourceType.of("nvarchar(max)", "text"),
            SourceType.of("text", "text"),
            SourceType.of("ntext", "text"),
            SourceType.of("binary(4)", "bytea"),
            SourceType.of("varbinary(40)", "bytea"),
            SourceType.of("varbinary(max)", "bytea"),
            SourceType.of("image", "bytea"),
            SourceType.of("rowversion", "bytea"),
            SourceType.of("date", "date"),
            SourceType.of("time(3)", "time(3)"),
            SourceType.of("time(7)", "text-form<time(7)>"),
            SourceType.of("datetime", "timestamp(3)"),
            SourceType.of("smalldatetime", "timestamp(0)"),
            SourceType.of("datetime2(6)", "timestamp(6)"),
            SourceType.of("datetime2(7)", "text-form<datetime2(7)>"),
            SourceType.of("datetimeoffset(6)", "timestamptz(6)"),
            SourceType.of("datetimeoffset(7)", "text-form<datetimeoffset(7)>"),
            SourceType.of("uniqueidentifier", "uuid"),
            SourceType.of("xml", "xml"),
            SourceType.of("hierarchyid", "text-form<hierarchyid>"),
            SourceType.of("geometry", "text-form<geometry>"),
            SourceType.of("geography", "text-form<geography>"),
            SourceType.of("sql_variant", "text-form<sql_variant>"));

    private SqlServerSourceTypes() {}
}
