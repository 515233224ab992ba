package io.godwit.connector.oracle;

import io.godwit.core.table.SourceType;
import java.util.List;

/** The server's types, and what {@link OracleTypes} reads each as where the connection says nothing of times. */
final class OracleSourceTypes {
    static final List<SourceType> ALL = List.of(
            SourceType.of("NUMBER", "numeric"),
            SourceType.of("NUMBER(4)", "int2"),
            SourceType.of("NUMBER(9)", "int4"),
            SourceType.of("NUMBER(18)", "int8"),
            SourceType.of("NUMBER(38)", "numeric(38,0)"),
            SourceType.of("NUMBER(*,0)", "numeric(38,0)"),
            SourceType.of("NUMBER(12,2)", "numeric(12,2)"),
            SourceType.of("NUMBER(5,-2)", "numeric(5,-2)"),
            SourceType.of("FLOAT(126)", "numeric"),
            SourceType.of("BINARY_FLOAT", "float4"),
            SourceType.of("BINARY_DOUBLE", "float8"),
            SourceType.of("VARCHAR2(40 CHAR)", "varchar(40)"),
            SourceType.of("VARCHAR2(40 BYTE)", "varchar(40)"),
            SourceType.of("NVARCHAR2(40)", "varchar(40)"),
            SourceType.of("CHAR(8 CHAR)", "char(8)"),
            SourceType.of("NCHAR(8)", "char(8)"),
            SourceType.of("CLOB", "text"),
            SourceType.of("NCLOB", "text"),
            SourceType.of("LONG", "text"),
            SourceType.of("RAW(16)", "bytea"),
            SourceType.of("LONG RAW", "bytea"),
            SourceType.of("BLOB", "bytea"),
            SourceType.of("DATE", "timestamp(0)"),
            SourceType.of("TIMESTAMP(6)", "timestamp(6)"),
            SourceType.of("TIMESTAMP(9)", "text-form<TIMESTAMP(9)>"),
            SourceType.of("TIMESTAMP(6) WITH TIME ZONE", "text-form<TIMESTAMP(6) WITH TIME ZONE>"),
            SourceType.of("TIMESTAMP(6) WITH LOCAL TIME ZONE", "timestamptz(6)"),
            SourceType.of("INTERVAL YEAR(2) TO MONTH", "interval(0)"),
            SourceType.of("INTERVAL DAY(2) TO SECOND(6)", "interval(6)"),
            SourceType.of("XMLTYPE", "xml"),
            SourceType.of("JSON", "json"),
            SourceType.of("BOOLEAN", "bool"),
            SourceType.of("ROWID", "text-form<ROWID>"));

    private OracleSourceTypes() {}
}
