package io.godwit.connector.mongodb;

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

/** Collections of a MongoDB database, as tables. */
public final class MongoConnector implements Connector {
    static final int PORT = 27017;

    @Override
    public String type() {
        return "mongodb";
    }

    @Override
    public int defaultPort() {
        return PORT;
    }

    @Override
    public Set<String> options() {
        return MongoOptions.NAMES;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return Form.sourceTypes();
    }

    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return new TargetType(type, inKey, type, Form.of(type).word(), null);
    }

    /** The kit ran against another server that speaks the protocol, never against MongoDB's own. */
    @Override
    public boolean certified() {
        return false;
    }

    @Override
    public Source source(Connection connection, Means means) {
        return new MongoSource(connection, MongoOptions.of(connection), means.secrets());
    }

    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        return new MongoSink(connection, MongoOptions.of(connection), means.secrets(), ledgers);
    }
}
