package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.Side;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * PostgreSQL as a dialect of few words.
 *
 * @param definesInTransactions false: as if the server committed with each definition, by a second session
 */
record PlainDialect(boolean definesInTransactions) implements Dialect {

    @Override
    public int defaultPort() {
        return 5432;
    }

    @Override
    public java.sql.Connection connect(Connection connection, SecretResolver secrets, Side side) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + connection.host() + ":" + connection.port() + "/" + connection.database(),
                connection.user(),
                secrets.resolve(String.valueOf(connection.secret())));
    }

    @Override
    public List<String> settings(Side side) {
        return List.of("SET search_path = kit, public", "SET lock_timeout = '60s'");
    }

    @Override
    public SqlWords words() {
        return new PlainWords();
    }

    @Override
    public CatalogSql catalog() {
        return new PlainCatalog();
    }

    @Override
    public Values values() {
        return new PlainValues();
    }

    @Override
    public SinkWords sink() {
        return new PlainSinkWords(definesInTransactions);
    }

    @Override
    public ErrorWords errors() {
        return new ErrorWords(
                Set.of("28", "3D000"),
                Set.of("53300"),
                Set.of("42P01"),
                Set.of("42501"),
                Set.of("08", "40", "57", "55P03"),
                Set.of(),
                Set.of("22", "23", "P0001"),
                Set.of("23505"),
                Set.of("42P07", "42710"));
    }

    @Override
    public String version() {
        return "SELECT version()";
    }
}
