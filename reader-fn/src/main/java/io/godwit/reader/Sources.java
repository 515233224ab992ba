package io.godwit.reader;

import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import io.godwit.core.port.SinkLedgers;
import java.util.List;

/** Opens sources of whatever kind. Each is the caller's, to be closed. */
public final class Sources {
    private final Connectors connectors;
    private final Means means;
    private final SinkLedgers ledgers;

    /** @param ledgers where sinks without transactions keep their quarantine */
    public Sources(Connectors connectors, Means means, SinkLedgers ledgers) {
        this.connectors = connectors;
        this.means = means;
        this.ledgers = ledgers;
    }

    /** Opens a sink, to read its quarantine and nothing else. */
    Sink openSink(Connection connection) {
        return connectors.of(connection).sink(connection, means.of(connection), ledgers);
    }

    /** Where the keys of expressions are. */
    SecretResolver secrets() {
        return means.secrets();
    }

    /** What a reader of a plan should know of the connection's kind. */
    List<String> notesOn(Connection connection) {
        return connectors.notesOn(connection);
    }

    /** @throws io.godwit.core.error.GodwitException CONNECTOR_UNKNOWN, CONNECTION_OPTION_REFUSED or SECRET_NOT_FOUND */
    public Source open(Connection connection) {
        return connectors.of(connection).source(connection, means.of(connection));
    }
}
