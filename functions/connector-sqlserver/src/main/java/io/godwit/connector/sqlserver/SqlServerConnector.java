package io.godwit.connector.sqlserver;

import io.godwit.connector.Connector;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.jdbc.dialect.DialectSink;
import io.godwit.connector.jdbc.dialect.DialectSource;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Set;

/** SQL Server: source and sink, not certified. */
public final class SqlServerConnector implements Connector {

    @Override
    public String type() {
        return "sqlserver";
    }

    @Override
    public int defaultPort() {
        return SqlServerDialect.DEFAULT_PORT;
    }

    @Override
    public Set<String> options() {
        return SqlServerOptions.NAMES;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return SqlServerSourceTypes.ALL;
    }

    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return SqlServerTargetTypes.of(type, inKey);
    }

    @Override
    public boolean certified() {
        return false;
    }

    @Override
    public Source source(Connection connection, Means means) {
        return new DialectSource(SqlServerDialect.of(connection), connection, means.secrets());
    }

    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        return new DialectSink(SqlServerDialect.of(connection), connection, means.secrets());
    }
}
