package io.godwit.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Source;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are wrong: each a code, a place and a remedy, and never the password. */
class MySqlConnectionsTest {
    private static final String CANARY = "canary-7f3a-password";

    private final Connection good = MySqlServer.connection("connections");

    private static GodwitException refused(Connection connection, SecretResolver secrets) {
        try (Source source = new MySqlSource(connection, secrets)) {
            GodwitException thrown = catchThrowableOfType(GodwitException.class, source::test);
            assertThat(thrown).isNotNull();
            assertThat(thrown.remedy()).isNotEmpty();
            assertThat(thrown.toString()).doesNotContain(CANARY);
            return thrown;
        }
    }

    private Connection changed(String host, int port, String database, String user) {
        return new Connection(
                "shop", "mariadb", host, port, database, user, "test:password", Map.of(), good.limits(), good.pools());
    }

    private int port() {
        Integer port = good.port();
        return port == null ? 0 : port;
    }

    @Test
    void connectionThatIsRightTellsItsServer() {
        try (Source source = new MySqlSource(good, MySqlServer.secrets())) {
            assertThat(source.test().toString()).contains("MariaDB");
        }
    }

    @Test
    void nobodyListens() {
        GodwitException thrown = refused(changed("127.0.0.1", 1, "connections", "godwit"), MySqlServer.secrets());

        assertThat(thrown.code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
        assertThat(thrown).hasMessageContaining("127.0.0.1:1").hasMessageContaining("shop");
    }

    @Test
    void passwordUserOrDatabaseIsWrong() {
        assertThat(refused(changed("127.0.0.1", port(), "connections", "godwit"), reference -> CANARY)
                        .code())
                .isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        assertThat(refused(changed("127.0.0.1", port(), "connections", "nobody"), MySqlServer.secrets())
                        .code())
                .isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        assertThat(refused(changed("127.0.0.1", port(), "no such database", "godwit"), MySqlServer.secrets())
                        .code())
                .isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1/mysql?allowLocalInfile=true",
                "a,b",
                "address=(host=a)",
                "localhost:3306/x",
                "h?user=root",
                " ",
                "h#x"
            })
    void hostIsOneHost(String host) {
        assertThat(refused(changed(host, port(), "connections", "godwit"), MySqlServer.secrets())
                        .code())
                .isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "allowLocalInfile, true",
        "autoDeserialize, true",
        "socketFactory, io.example.Evil",
        "sessionVariables, sql_mode=''",
        "sslMode, none",
        "connectTimeout, 1000000",
        "zeroDates, convertToNull"
    })
    void optionThatIsNotListedIsRefused(String name, String value) {
        GodwitException thrown = refused(MySqlServer.with(good, Map.of(name, value)), MySqlServer.secrets());

        assertThat(thrown.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        assertThat(thrown).hasMessageContaining(name);
    }

    /** No encryption on this server, whose certificate could be verified. */
    @Test
    void serverWithoutEncryptionIsNotTalkedToWhereItIsAskedFor() {
        assertThat(refused(MySqlServer.with(good, Map.of("sslMode", "verify-full")), MySqlServer.secrets())
                        .code())
                .isIn(ErrorCode.SOURCE_UNREACHABLE, ErrorCode.SOURCE_LOGIN_REFUSED);
    }
}
