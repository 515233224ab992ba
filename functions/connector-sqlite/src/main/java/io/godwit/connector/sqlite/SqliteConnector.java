package io.godwit.connector.sqlite;

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

/** A SQLite file on a disk of the machine that reads or writes. */
public final class SqliteConnector implements Connector {

    @Override
    public String type() {
        return "sqlite";
    }

    @Override
    public int defaultPort() {
        return 0;
    }

    @Override
    public Set<String> options() {
        return SqliteOptions.NAMES;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return SqliteTypes.SOURCE;
    }

    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return SqliteTargetTypes.of(type, inKey);
    }

    @Override
    public Source source(Connection connection, Means means) {
        return new SqliteSource(SqliteFile.of(connection, means));
    }

    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        return new SqliteSink(SqliteFile.of(connection, means));
    }
}
