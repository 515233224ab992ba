package io.godwit.connector.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Means;
import io.godwit.connector.Source;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.dialect.DialectErrors;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are wrong: each a code, a place and a remedy, and never the password. */
class SqlServerConnectionsTest {
    private static final String CANARY = "canary-7f3a-password";

    private static Connection connection(String host, Map<String, String> options) {
        return new Connection(
                "shop", "sqlserver", host, 1, "a;b=c", "godwit", "test:password", options, Limits.NONE, List.of());
    }

    private static GodwitException refused(Connection connection) {
        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> {
            try (Source source = new SqlServerConnector().source(connection, Means.of(reference -> CANARY))) {
                source.test();
            }
        });
        assertThat(thrown).isNotNull();
        assertThat(thrown.remedy()).isNotEmpty();
        assertThat(thrown.toString()).doesNotContain(CANARY);
        return thrown;
    }

    @Test
    void nobodyListens() {
        GodwitException thrown = refused(connection("127.0.0.1", Map.of("connectTimeout", "2")));

        assertThat(thrown.code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
        assertThat(thrown).hasMessageContaining("127.0.0.1:1").hasMessageContaining("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1;trustServerCertificate=true", "a,b", "host\\instance", "localhost:1433/x", "h{}", " "
            })
    void hostIsOneHost(String host) {
        assertThat(refused(connection(host, Map.of())).code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    /** Of the driver's properties those that load classes or files, log in otherwise or bend values. */
    @ParameterizedTest
    @CsvSource({
        "trustStore, /etc/passwd",
        "trustStorePassword, x",
        "trustManagerClass, io.example.Evil",
        "trustManagerConstructorArg, x",
        "socketFactoryClass, io.example.Evil",
        "socketFactoryConstructorArg, x",
        "accessTokenCallbackClass, io.example.Evil",
        "clientCertificate, /etc/passwd",
        "clientKey, /etc/passwd",
        "serverCertificate, /etc/passwd",
        "keyStoreLocation, /etc/passwd",
        "keyStoreAuthentication, JavaKeyStorePassword",
        "jaasConfigurationName, x",
        "authentication, ActiveDirectoryPassword",
        "integratedSecurity, true",
        "accessToken, x",
        "instanceName, x",
        "serverName, elsewhere",
        "failoverPartner, elsewhere",
        "databaseName, other",
        "user, sa",
        "password, x",
        "sendStringParametersAsUnicode, false",
        "columnEncryptionSetting, Enabled",
        "encrypt, no",
        "trustServerCertificate, yes",
        "hostNameInCertificate, 'a;b'",
        "connectTimeout, 1000000",
        "times, round"
    })
    void optionThatIsNotListedIsRefused(String name, String value) {
        GodwitException thrown = refused(connection("127.0.0.1", Map.of(name, value)));

        assertThat(thrown.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        assertThat(thrown).hasMessageContaining(name);
    }

    @Test
    void encryptionIsOnUnlessTheConnectionSaysOtherwise() {
        Connection connection = connection("::1", Map.of());

        Properties properties = SqlServerDialect.of(connection).properties(connection, reference -> CANARY);

        assertThat(properties)
                .containsEntry("encrypt", "true")
                .containsEntry("trustServerCertificate", "false")
                .containsEntry("serverName", "::1")
                .containsEntry("databaseName", "a;b=c");
    }

    @ParameterizedTest
    @CsvSource({
        "1205, 40001, SINK_INTERRUPTED",
        "1222, S0051, SINK_INTERRUPTED",
        "0, 08S01, SINK_INTERRUPTED",
        "40613, S0001, SINK_INTERRUPTED",
        "208, S0002, TARGET_TABLE_NOT_FOUND",
        "229, S0005, SINK_REFUSED",
        "102, S0001, SINK_REFUSED"
    })
    void errorsOfTheServerHaveTheirCodes(int number, String state, ErrorCode code) {
        assertThat(errors().during(new SQLException("said", state, number), "writing t")
                        .code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {515, 547, 2627, 2601, 8152, 2628, 8115, 220, 241, 50000})
    void refusalOfARowIsToldWithoutItsValues(int number) {
        SQLException refusal = new SQLException(
                "Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (secret).", "S0001", number);

        assertThat(errors().isOfRows(refusal)).isTrue();
        assertThat(errors().text(refusal)).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"18456, SINK_LOGIN_REFUSED", "4060, SINK_LOGIN_REFUSED", "17809, SINK_UNREACHABLE"})
    void loginsThatAreRefusedAreNoLostServers(int number, ErrorCode code) {
        assertThat(errors().opening(new SQLException("said", "S0001", number), "shop at h:1")
                        .code())
                .isEqualTo(code);
    }

    private static DialectErrors errors() {
        return new DialectErrors(SqlServerErrors.WORDS, Side.SINK, connection("h", Map.of()));
    }
}
