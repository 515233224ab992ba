package io.godwit.connector.mysql;

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

/** MySQL: as MariaDB, against whose server the tests run. */
public class MySqlConnector implements Connector {

    @Override
    public String type() {
        return "mysql";
    }

    @Override
    public int defaultPort() {
        return MySqlSessions.DEFAULT_PORT;
    }

    @Override
    public Set<String> options() {
        return MySqlOptions.NAMES;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return MySqlSourceTypes.all(false);
    }

    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return MySqlTargetTypes.of(type, inKey, false);
    }

    @Override
    public boolean certified() {
        return false;
    }

    @Override
    public Source source(Connection connection, Means means) {
        return new MySqlSource(connection, means.secrets());
    }

    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        return new MySqlSink(connection, means.secrets());
    }
}
