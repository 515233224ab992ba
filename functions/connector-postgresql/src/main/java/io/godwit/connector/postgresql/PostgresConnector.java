package io.godwit.connector.postgresql;

import io.godwit.connector.Connector;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Set;

/** PostgreSQL. */
public final class PostgresConnector implements Connector {

    @Override
    public String type() {
        return "postgresql";
    }

    @Override
    public int defaultPort() {
        return PostgresConnections.DEFAULT_PORT;
    }

    @Override
    public Set<String> options() {
        return PostgresOptions.NAMES;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return PostgresSourceTypes.ALL;
    }

    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return PostgresTargetTypes.of(type, inKey);
    }

    @Override
    public Source source(Connection connection, Means means) {
        return new PostgresSource(connection, means.secrets());
    }

    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        return new PostgresSink(connection, means.secrets());
    }
}
