package io.godwit.connector.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import io.godwit.connector.Hosts;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.dialect.CatalogSql;
import io.godwit.connector.jdbc.dialect.Dialect;
import io.godwit.connector.jdbc.dialect.ErrorWords;
import io.godwit.connector.jdbc.dialect.SinkWords;
import io.godwit.connector.jdbc.dialect.SqlWords;
import io.godwit.connector.jdbc.dialect.Values;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** SQL Server's words. */
record SqlServerDialect(SqlServerOptions options) implements Dialect {
    static final int DEFAULT_PORT = 1433;

    /** For an answer of the server. Milliseconds. */
    private static final String SOCKET_TIMEOUT = String.valueOf(6 * 60 * 60 * 1000);

    private static final String ISOLATION = "IF (SELECT snapshot_isolation_state FROM sys.databases "
            + "WHERE database_id = DB_ID()) = 1 SET TRANSACTION ISOLATION LEVEL SNAPSHOT "
            + "ELSE IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()) = 1 "
            + "SET TRANSACTION ISOLATION LEVEL READ COMMITTED ELSE SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";

    private static final String LOCKS = "SELECT name FROM sys.databases WHERE database_id = DB_ID() "
            + "AND snapshot_isolation_state <> 1 AND is_read_committed_snapshot_on = 0";

    /** @throws io.godwit.core.error.GodwitException CONNECTION_OPTION_REFUSED */
    static SqlServerDialect of(Connection connection) {
        return new SqlServerDialect(SqlServerOptions.of(connection));
    }

    @Override
    public int defaultPort() {
        return DEFAULT_PORT;
    }

    @Override
    public java.sql.Connection connect(Connection connection, SecretResolver secrets, Side side) throws SQLException {
        return Objects.requireNonNull(
                new SQLServerDriver().connect("jdbc:sqlserver://", properties(connection, secrets)));
    }

    /** The URL holds nothing: a property is one value, whatever is in it. */
    Properties properties(Connection connection, SecretResolver secrets) {
        Integer port = connection.port();
        Properties properties = new Properties();
        properties.setProperty("serverName", Hosts.of(connection));
        properties.setProperty("portNumber", String.valueOf(port == null ? DEFAULT_PORT : port));
        properties.setProperty("databaseName", connection.database());
        properties.setProperty("encrypt", options.encrypt());
        properties.setProperty("trustServerCertificate", options.trustsServerCertificate());
        properties.setProperty("hostNameInCertificate", options.hostNameInCertificate());
        properties.setProperty("loginTimeout", options.connectTimeout());
        properties.setProperty("socketTimeout", SOCKET_TIMEOUT);
        properties.setProperty("applicationName", "godwit");
        properties.setProperty("authentication", "SqlPassword");
        properties.setProperty("integratedSecurity", "false");
        // Rows are fetched as they are read, and texts go as Unicode.
        properties.setProperty("responseBuffering", "adaptive");
        properties.setProperty("selectMethod", "direct");
        properties.setProperty("sendStringParametersAsUnicode", "true");
        properties.setProperty("connectRetryCount", "0");
        // A copy that lags behind would hide rows from a watermark.
        properties.setProperty("applicationIntent", "ReadWrite");
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
        List<String> settings = new ArrayList<>(List.of(
                "SET LANGUAGE us_english",
                "SET DATEFORMAT ymd",
                "SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON",
                "SET NUMERIC_ROUNDABORT OFF",
                // A refused row ends its statement, not the transaction of its subtask.
                "SET XACT_ABORT OFF",
                "SET NOCOUNT OFF",
                "SET ROWCOUNT 0",
                "SET TEXTSIZE 2147483647",
                "SET LOCK_TIMEOUT 300000"));
        settings.add(side == Side.SOURCE ? ISOLATION : "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        return List.copyOf(settings);
    }

    @Override
    public SqlWords words() {
        return SqlServerWords.WORDS;
    }

    @Override
    public CatalogSql catalog() {
        return new SqlServerCatalog(options.timesAreMicros());
    }

    @Override
    public Values values() {
        return new SqlServerValues(options.timesAreMicros());
    }

    @Override
    public SinkWords sink() {
        return new SqlServerSinkWords();
    }

    @Override
    public ErrorWords errors() {
        return SqlServerErrors.WORDS;
    }

    @Override
    public String version() {
        return "SELECT CONCAT('SQL Server ', CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)))";
    }

    @Override
    public List<String> notes(JdbcSession session) throws SQLException {
        return session.list(
                LOCKS,
                row -> "database " + row.getString(1) + " allows no snapshot isolation: what a subtask reads is locked "
                        + "against writers meanwhile");
    }
}
