package io.godwit.writer;

import io.godwit.connector.Connector;
import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Opens sinks of whatever kind. Each is the caller's, to be closed. */
public final class Sinks {
    private final Connectors connectors;
    private final Means means;
    private final SinkLedgers ledgers;

    public Sinks(Connectors connectors, Means means, SinkLedgers ledgers) {
        this.connectors = connectors;
        this.means = means;
        this.ledgers = ledgers;
    }

    /**
     * What the connection's kind makes of types, outside and in a key.
     *
     * @throws io.godwit.core.error.GodwitException CONNECTOR_UNKNOWN or CONNECTION_OPTION_REFUSED
     */
    public List<TargetType> targetTypes(Connection connection, Collection<LogicalType> types) {
        Connector connector = connectors.of(connection);
        return types.stream()
                .flatMap(type -> Stream.of(
                        connector.targetType(connection, type, false), connector.targetType(connection, type, true)))
                .toList();
    }

    /** What a reader of a plan should know of the connection's kind. */
    List<String> notesOn(Connection connection) {
        return connectors.notesOn(connection);
    }

    /** @throws io.godwit.core.error.GodwitException CONNECTOR_UNKNOWN, CONNECTION_OPTION_REFUSED or SECRET_NOT_FOUND */
    public Sink open(Connection connection) {
        return connectors.of(connection).sink(connection, means.of(connection), ledgers);
    }
}
