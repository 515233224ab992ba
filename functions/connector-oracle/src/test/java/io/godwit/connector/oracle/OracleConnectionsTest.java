package io.godwit.connector.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are wrong: each a code, a place and a remedy, and never the password. */
class OracleConnectionsTest {
    private static final String CANARY = "canary-7f3a-password";

    private static Connection connection(String host, String database, Map<String, String> options) {
        return new Connection(
                "shop", "oracle", host, 1, database, "godwit", "test:password", options, Limits.NONE, List.of());
    }

    private static GodwitException refused(Connection connection) {
        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> {
            try (Source source = new OracleConnector().source(connection, Means.of(reference -> CANARY))) {
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
        GodwitException thrown = refused(connection("127.0.0.1", "shop", Map.of("connectTimeout", "2")));

        assertThat(thrown.code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
        assertThat(thrown).hasMessageContaining("127.0.0.1:1").hasMessageContaining("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(DESCRIPTION=(ADDRESS=))", "a,b", "h?TNS_ADMIN=/tmp", "localhost:1521/x", "h#x", "@h", " "})
    void hostIsOneHost(String host) {
        assertThat(refused(connection(host, "shop", Map.of())).code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop?wallet_location=w", "shop:dedicated/x", "(SID=x)", "a b", "?x", "shop)"})
    void databaseIsTheNameOfAService(String database) {
        assertThat(refused(connection("127.0.0.1", database, Map.of())).code())
                .isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    /** Of the driver's properties those that load classes or files, log in otherwise or bend values. */
    @ParameterizedTest
    @CsvSource({
        "oracle.net.tns_admin, folder",
        "oracle.net.wallet_location, folder",
        "javax.net.ssl.trustStore, /etc/passwd",
        "javax.net.ssl.keyStore, /etc/passwd",
        "oracle.net.authentication_services, (KERBEROS5)",
        "oracle.net.kerberos5_cc_name, cc",
        "oracle.jdbc.accessToken, x",
        "oracle.jdbc.tokenLocation, folder",
        "oracle.jdbc.config.file, x",
        "oracle.jdbc.provider.traceEventListener, x",
        "oracle.jdbc.loginCallback, io.example.Evil",
        "internal_logon, sysdba",
        "oracle.jdbc.proxyClientName, x",
        "oracle.jdbc.defaultNChar, false",
        "user, sys",
        "password, x",
        "sslMode, trust",
        "connectTimeout, 1000000",
        "times, round"
    })
    void optionThatIsNotListedIsRefused(String name, String value) {
        GodwitException thrown = refused(connection("127.0.0.1", "shop", Map.of(name, value)));

        assertThat(thrown.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        assertThat(thrown).hasMessageContaining(name);
    }

    @Test
    void urlHoldsHostPortAndService() {
        Connection plain = connection("::1", "shop.example.org", Map.of());
        Connection encrypted = connection("db.example.org", "shop", Map.of("sslMode", "verify-full"));

        assertThat(OracleDialect.of(plain).url(plain)).isEqualTo("jdbc:oracle:thin:@tcp://[::1]:1/shop.example.org");
        assertThat(OracleDialect.of(encrypted).url(encrypted))
                .isEqualTo("jdbc:oracle:thin:@tcps://db.example.org:1/shop");
    }

    @Test
    void snapshotIsANumberAndNothingElse() {
        OracleDialect dialect = OracleDialect.of(connection("h", "shop", Map.of()));

        assertThat(dialect.asOf("12345")).isEqualTo(" AS OF SCN 12345");
        assertThatThrownBy(() -> dialect.asOf("1 UNION SELECT")).isInstanceOf(GodwitException.class);
    }

    @Test
    void nameThatNoQuotingHoldsIsRefused() {
        assertThatThrownBy(() -> OracleWords.WORDS.identifier("a\"b")).isInstanceOf(GodwitException.class);
        assertThatThrownBy(() -> OracleWords.WORDS.identifier("ä".repeat(65))).isInstanceOf(GodwitException.class);
        assertThat(OracleWords.WORDS.identifier("ä".repeat(64))).hasSize(66);
    }

    @ParameterizedTest
    @CsvSource({
        "60, 61000, SOURCE_INTERRUPTED",
        "54, 61000, SOURCE_INTERRUPTED",
        "3113, 08003, SOURCE_INTERRUPTED",
        "17002, 08006, SOURCE_INTERRUPTED",
        "1555, 72000, SOURCE_SNAPSHOT_LOST",
        "8180, 72000, SOURCE_SNAPSHOT_LOST",
        "942, 42000, SOURCE_TABLE_NOT_FOUND",
        "1031, 42000, SOURCE_REFUSED",
        "933, 42000, SOURCE_REFUSED"
    })
    void errorsOfTheServerHaveTheirCodes(int number, String state, ErrorCode code) {
        assertThat(errors().during(new SQLException("said", state, number), "reading t")
                        .code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1400, 1438, 2290, 2291, 12899, 20001, 20999, 31011})
    void refusalOfARowIsToldWithoutItsValues(int number) {
        SQLException refusal =
                new SQLException("ORA-12899: value too large for \"A\".\"B\" (actual: secret)", "72000", number);

        assertThat(errors().isOfRows(refusal)).isTrue();
        assertThat(errors().text(refusal)).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"1017, SOURCE_LOGIN_REFUSED", "12514, SOURCE_LOGIN_REFUSED", "12519, SOURCE_UNREACHABLE"})
    void loginsThatAreRefusedAreNoLostServers(int number, ErrorCode code) {
        assertThat(errors().opening(new SQLException("said", "72000", number), "shop at h:1")
                        .code())
                .isEqualTo(code);
    }

    private static DialectErrors errors() {
        return new DialectErrors(OracleErrors.WORDS, Side.SOURCE, connection("h", "shop", Map.of()));
    }
}
