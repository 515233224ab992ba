package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.SQLException;
import java.util.List;

/** What one kind of database says otherwise than others, of one connection. */
public interface Dialect {

    /** The port of a connection that names none. */
    int defaultPort();

    /**
     * Dials and logs in.
     *
     * @throws io.godwit.core.error.GodwitException CONNECTION_OPTION_REFUSED or SECRET_NOT_FOUND
     */
    java.sql.Connection connect(Connection connection, SecretResolver secrets, Side side) throws SQLException;

    /** Statements that pin what changes how values look and what SQL means, in order. */
    List<String> settings(Side side);

    SqlWords words();

    CatalogSql catalog();

    Values values();

    SinkWords sink();

    ErrorWords errors();

    /** Product and version, for people: a query of one text. */
    String version();

    /** What a user should know of how a source reads. */
    default List<String> notes(JdbcSession session) throws SQLException {
        return List.of();
    }

    /** The query of one text that names the state of the database now; empty: sessions share none. */
    default String snapshot() {
        return "";
    }

    /** What stands behind a table's name to read it as it was at a snapshot. */
    default String asOf(String snapshot) {
        throw new IllegalStateException("no snapshot is ever taken of this kind");
    }
}
