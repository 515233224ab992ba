package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.SQLException;

/** Opens sessions, and pins what changes how values look and what SQL means. */
final class DialectSessions {
    private final Dialect dialect;
    private final Connection connection;
    private final SecretResolver secrets;
    private final Side side;
    private final DialectErrors errors;

    DialectSessions(Dialect dialect, Connection connection, SecretResolver secrets, Side side) {
        this.dialect = dialect;
        this.connection = connection;
        this.secrets = secrets;
        this.side = side;
        this.errors = new DialectErrors(dialect.errors(), side, connection);
    }

    DialectErrors errors() {
        return errors;
    }

    /**
     * Opens a session, in a transaction.
     *
     * @throws GodwitException CONNECTION_OPTION_REFUSED, SECRET_NOT_FOUND, or the side's unreachable or login refused
     */
    JdbcSession open() {
        try {
            JdbcSession session = new JdbcSession(dialect.connect(connection, secrets, side));
            try {
                for (String setting : dialect.settings(side)) {
                    session.run(setting);
                }
                session.jdbc().setAutoCommit(false);
                return session;
            } catch (SQLException e) {
                session.close();
                throw e;
            }
        } catch (SQLException e) {
            throw errors.opening(e, endpoint());
        }
    }

    /** {@code shop at db.example.org:1433}, for people. */
    private String endpoint() {
        Integer port = connection.port();
        return connection.database() + " at " + connection.host() + ":" + (port == null ? dialect.defaultPort() : port);
    }
}
