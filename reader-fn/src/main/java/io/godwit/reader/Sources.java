package io.godwit.reader;

import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.connector.Source;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;

/** Opens sources of whatever kind. Each is the caller's, to be closed. */
public final class Sources {
    private final Connectors connectors;
    private final Means means;

    public Sources(Connectors connectors, Means means) {
        this.connectors = connectors;
        this.means = means;
    }

    /** Where the keys of expressions are. */
    SecretResolver secrets() {
        return means.secrets();
    }

    /** @throws io.godwit.core.error.GodwitException CONNECTOR_UNKNOWN, CONNECTION_OPTION_REFUSED or SECRET_NOT_FOUND */
    public Source open(Connection connection) {
        return connectors.of(connection).source(connection, means);
    }
}
