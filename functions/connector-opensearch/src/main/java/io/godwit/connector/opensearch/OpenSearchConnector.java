package io.godwit.connector.opensearch;

import io.godwit.connector.Connector;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OpenSearch, to be written. */
public class OpenSearchConnector implements Connector {

    @Override
    public String type() {
        return "opensearch";
    }

    @Override
    public int defaultPort() {
        return Cluster.PORT;
    }

    @Override
    public Set<String> options() {
        return Cluster.OPTIONS;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return List.of();
    }

    /** Whatever it is, a document keeps it as it is; the index knows what it can search. */
    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return new TargetType(type, inKey, type, type.notation(), refuses(type));
    }

    private static @Nullable String refuses(LogicalType type) {
        if (type instanceof Decimal decimal && decimal.precision() == null) {
            return "numbers of more than 1000 digits";
        }
        return type == Scalar.JSONB ? "objects with a key twice" : null;
    }

    @Override
    public Source source(Connection connection, Means means) {
        throw new GodwitException(
                ErrorCode.NOT_SUPPORTED,
                "connection " + connection.name() + ": type " + type() + " can be written, not read",
                "Read what it was filled from.");
    }

    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        return new OpenSearchSink(connection, Cluster.of(connection, means.secrets()), ledgers);
    }
}
