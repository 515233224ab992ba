package io.godwit.connector.oracle;

import static io.godwit.core.error.ErrorCode.CONNECTION_OPTION_REFUSED;

import io.godwit.connector.Hosts;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.dialect.CatalogSql;
import io.godwit.connector.jdbc.dialect.Dialect;
import io.godwit.connector.jdbc.dialect.ErrorWords;
import io.godwit.connector.jdbc.dialect.SinkWords;
import io.godwit.connector.jdbc.dialect.SqlWords;
import io.godwit.connector.jdbc.dialect.Values;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import oracle.jdbc.OracleDriver;

/** Oracle's words. */
record OracleDialect(OracleOptions options, String database) implements Dialect {
    static final int DEFAULT_PORT = 1521;

    /** For an answer of the server. Milliseconds. */
    private static final String READ_TIMEOUT = String.valueOf(6 * 60 * 60 * 1000);

    /** The names of services: nothing that could end one and begin an option. */
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.$#-]{0,127}");

    private static final Pattern SCN = Pattern.compile("[0-9]{1,20}");

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static OracleDialect of(Connection connection) {
        return new OracleDialect(OracleOptions.of(connection), connection.database());
    }

    @Override
    public int defaultPort() {
        return DEFAULT_PORT;
    }

    @Override
    public java.sql.Connection connect(Connection connection, SecretResolver secrets, Side side) throws SQLException {
        return Objects.requireNonNull(new OracleDriver().connect(url(connection), properties(connection, secrets)));
    }

    /** Host and service were checked; the rest are properties. */
    String url(Connection connection) {
        if (!SERVICE.matcher(connection.database()).matches()) {
            throw new GodwitException(
                    CONNECTION_OPTION_REFUSED,
                    "connection " + connection.name() + ": its database is not the name of a service",
                    "Give the service's name, as the listener has it.");
        }
        Integer port = connection.port();
        return "jdbc:oracle:thin:@" + (options.encrypts() ? "tcps" : "tcp") + "://"
                + Hosts.inUrl(Hosts.of(connection)) + ":" + (port == null ? DEFAULT_PORT : port) + "/"
                + connection.database();
    }

    Properties properties(Connection connection, SecretResolver secrets) {
        Properties properties = new Properties();
        properties.setProperty("oracle.net.CONNECT_TIMEOUT", String.valueOf(options.connectTimeoutSeconds() * 1000));
        properties.setProperty("oracle.jdbc.ReadTimeout", READ_TIMEOUT);
        properties.setProperty("oracle.net.ssl_server_dn_match", "true");
        properties.setProperty("oracle.net.keepAlive", "true");
        properties.setProperty("oracle.jdbc.timezoneAsRegion", "false");
        properties.setProperty("v$session.program", "godwit");
        if (connection.user() != null) {
            properties.setProperty("user", connection.user());
        }
        if (connection.secret() != null) {
            properties.setProperty("password", secrets.resolve(connection.secret()));
        }
        return properties;
    }

    @Override
    public List<String> settings(Side side) {
        return List.of(
                "ALTER SESSION SET TIME_ZONE = '+00:00'",
                "ALTER SESSION SET NLS_LANGUAGE = 'AMERICAN' NLS_TERRITORY = 'AMERICA'",
                "ALTER SESSION SET NLS_CALENDAR = 'GREGORIAN' NLS_NUMERIC_CHARACTERS = '.,' "
                        + "NLS_DATE_FORMAT = 'SYYYY-MM-DD HH24:MI:SS' "
                        + "NLS_TIMESTAMP_FORMAT = 'SYYYY-MM-DD HH24:MI:SS.FF9' "
                        + "NLS_TIMESTAMP_TZ_FORMAT = 'SYYYY-MM-DD HH24:MI:SS.FF9 TZH:TZM'",
                "ALTER SESSION SET NLS_COMP = 'BINARY' NLS_SORT = 'BINARY' NLS_LENGTH_SEMANTICS = 'CHAR'",
                "ALTER SESSION SET NLS_NCHAR_CONV_EXCP = 'TRUE'",
                "ALTER SESSION SET DDL_LOCK_TIMEOUT = 300");
    }

    @Override
    public SqlWords words() {
        return OracleWords.WORDS;
    }

    @Override
    public CatalogSql catalog() {
        return new OracleCatalog(database, options.timesAreMicros());
    }

    @Override
    public Values values() {
        return new OracleValues(options.timesAreMicros());
    }

    @Override
    public SinkWords sink() {
        return new OracleSinkWords();
    }

    @Override
    public ErrorWords errors() {
        return OracleErrors.WORDS;
    }

    @Override
    public String version() {
        return "SELECT product || ' ' || version FROM product_component_version WHERE product LIKE 'Oracle%' "
                + "FETCH FIRST 1 ROWS ONLY";
    }

    /** The system change number: whoever may flash back reads as of it, in any session, while undo is kept. */
    @Override
    public String snapshot() {
        return "SELECT TO_CHAR(dbms_flashback.get_system_change_number) FROM dual";
    }

    @Override
    public String asOf(String snapshot) {
        if (!SCN.matcher(snapshot).matches()) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED, "a snapshot that is no system change number", "Plan the run again.");
        }
        return " AS OF SCN " + snapshot;
    }
}
