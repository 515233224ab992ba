package io.godwit.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Connectors;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;

class PostgresConnectionsTest {
    private static final Connection CONNECTION = PostgresServer.connection("connections");

    private static Connection with(String host, Map<String, String> options) {
        return new Connection(
                "shop",
                "postgresql",
                host,
                CONNECTION.port(),
                CONNECTION.database(),
                CONNECTION.user(),
                CONNECTION.secret(),
                options,
                CONNECTION.limits(),
                CONNECTION.pools());
    }

    private static GodwitException refused(Connection connection) {
        return catchThrowableOfType(
                GodwitException.class,
                () -> PostgresConnections.open(connection, PostgresServer.secrets(), Side.SOURCE));
    }

    @Test
    void connectorIsFoundByItsType() {
        assertThat(Connectors.load().of(CONNECTION)).isInstanceOf(PostgresConnector.class);
    }

    @Test
    void settingsOfDatabaseAndRoleDoNotChangeHowValuesLook() throws SQLException {
        String database = "odd_settings";
        Connection odd = PostgresServer.connection(database);
        for (String setting : new String[] {
            "DateStyle = 'German'",
            "IntervalStyle = 'iso_8601'",
            "extra_float_digits = -10",
            "TimeZone = 'Asia/Kathmandu'",
            "bytea_output = 'escape'",
            "search_path = 'nowhere'",
            "default_transaction_isolation = 'serializable'"
        }) {
            PostgresTables.run("postgres", "ALTER DATABASE " + database + " SET " + setting);
        }
        try (PgConnection session = PostgresConnections.open(odd, PostgresServer.secrets(), Side.SOURCE);
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT '2026-11-22 10:00:00+00'::timestamptz::text, '1 day'::interval::text,"
                                + " (0.1::float8 + 0.2::float8)::text, '\\x00ff'::bytea::text,"
                                + " current_setting('search_path')")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("2026-11-22 10:00:00+00");
            assertThat(row.getString(2)).isEqualTo("1 day");
            assertThat(row.getString(3)).isEqualTo("0.30000000000000004");
            assertThat(row.getString(4)).isEqualTo("\\x00ff");
            assertThat(row.getString(5)).isEqualTo("pg_catalog");
        }
    }

    @Test
    void sourceSessionWritesNothing() throws SQLException {
        try (PgConnection session = PostgresConnections.open(CONNECTION, PostgresServer.secrets(), Side.SOURCE);
                Statement statement = session.createStatement()) {
            SQLException refused = catchThrowableOfType(
                    SQLException.class, () -> statement.execute("CREATE TABLE public.written (a int)"));
            assertThat(refused.getMessage()).contains("read-only");
        }
    }

    @Test
    void wrongPasswordIsRefusedAndNeverEchoed() throws IOException {
        String password = "wr0ng-s3cret";
        PostgresTables.run("postgres", "DROP ROLE IF EXISTS locked", "CREATE ROLE locked LOGIN PASSWORD 'right'");
        Path rules = PostgresServer.get().directory().resolve("pg_hba.conf");
        rules = Files.exists(rules) ? rules : find("pg_hba.conf");
        Files.writeString(rules, "host all locked 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
        PostgresTables.run("postgres", "SELECT pg_reload_conf()");
        Connection locked = new Connection(
                "shop",
                "postgresql",
                CONNECTION.host(),
                CONNECTION.port(),
                CONNECTION.database(),
                "locked",
                "env:PASSWORD",
                Map.of(),
                CONNECTION.limits(),
                CONNECTION.pools());

        GodwitException refused = catchThrowableOfType(
                GodwitException.class, () -> PostgresConnections.open(locked, name -> password, Side.SINK));

        assertThat(refused.code()).isEqualTo(ErrorCode.SINK_LOGIN_REFUSED);
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(password);
        }
    }

    private static Path find(String name) throws IOException {
        try (var files = Files.walk(PostgresServer.get().directory())) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    /** Whatever else the driver knows, by its own list, and what it might be told of a server. */
    static Stream<String> optionsThatAreNotAllowed() {
        return Stream.concat(
                Arrays.stream(PGProperty.values())
                        .map(PGProperty::getName)
                        .filter(name -> !PostgresOptions.NAMES.contains(name)),
                Stream.of(
                        "SSLMODE", "sslMode", " sslmode", "loggerfile", "allowLoadLocalInfile", "autoDeserialize", ""));
    }

    @Test
    void driverHasOptionsThatLoadClassesAndFiles() {
        assertThat(optionsThatAreNotAllowed())
                .contains(
                        "socketFactory",
                        "socketFactoryArg",
                        "sslfactory",
                        "sslfactoryarg",
                        "sslhostnameverifier",
                        "sslpasswordcallback",
                        "authenticationPluginClassName",
                        "xmlFactoryFactory",
                        "loggerFile",
                        "loggerLevel",
                        "sslkey",
                        "sslcert",
                        "service",
                        "jaasApplicationName",
                        "options",
                        "user",
                        "password",
                        "PGHOST");
    }

    @ParameterizedTest
    @MethodSource("optionsThatAreNotAllowed")
    void optionsThatLoadClassesOrFilesAreRefused(String option) {
        GodwitException refused = refused(with("127.0.0.1", Map.of(option, "canary-of-a-value")));

        assertThat(refused.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        assertThat(refused.getMessage()).doesNotContain("canary");
    }

    /** Names that are allowed do not let other values in. */
    @ParameterizedTest
    @CsvSource({
        "sslrootcert, /etc/passwd",
        "sslmode, 'disable&socketFactory=x'",
        "sslmode, nonsense",
        "connectTimeout, -1",
        "connectTimeout, '10;x'",
        "channelBinding, ''",
        "applicationName, 'gödwit'"
    })
    void valuesThatAnOptionDoesNotTakeAreRefused(String option, String value) {
        assertThat(refused(with("127.0.0.1", Map.of(option, value))).code())
                .isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "user:password@b",
                "a?loggerFile=x",
                "a#b",
                "a\nb",
                "a\r\nb",
                "127.0.0.1\n",
                "a,b",
                "a/b",
                "a\\b",
                "a&b",
                "a%00b",
                "a\0b",
                "",
                " ",
                "a b",
                "a:1",
                "[::1]:5432",
                "::1@b",
                "\u0430.example.org"
            })
    void hostThatIsMoreThanAHostIsRefused(String host) {
        assertThat(refused(with(host, Map.of())).code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @Test
    void serverWithoutEncryptionIsRefusedWhereItIsRequired() {
        assertThat(refused(with("127.0.0.1", Map.of("sslmode", "require"))).code())
                .isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
    }
}
