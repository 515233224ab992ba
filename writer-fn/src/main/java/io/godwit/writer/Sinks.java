package io.godwit.writer;

import io.godwit.connector.Connectors;
import io.godwit.connector.Sink;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;

/** Opens sinks of whatever kind. Each is the caller's, to be closed. */
public final class Sinks {
    private final Connectors connectors;
    private final SecretResolver secrets;

    public Sinks(Connectors connectors, SecretResolver secrets) {
        this.connectors = connectors;
        this.secrets = secrets;
    }

    /** @throws io.godwit.core.error.GodwitException CONNECTOR_UNKNOWN, CONNECTION_OPTION_REFUSED or SECRET_NOT_FOUND */
    public Sink open(Connection connection) {
        return connectors.of(connection).sink(connection, secrets);
    }
}
