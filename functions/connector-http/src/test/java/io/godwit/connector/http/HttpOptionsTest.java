package io.godwit.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.connector.Source;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.port.SinkLedgers;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection may say, and what becomes of its secret. */
class HttpOptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tables | a/../b",
                "tables | /a",
                "tables | a//b",
                "tables | a(id)",
                "tables | a(id int8",
                "tables | a(id nonsense)",
                "tables | 'a, '",
                "tables | '\"a'",
                "tables | 'a(id int8) b'",
                "paging | pages",
                "paging | cursor",
                "pageSize | 0x10",
                "pageSize | 100001",
                "firstPage | 2",
                "pageParameter | 'a&b'",
                "pageParameter | 'a=b'",
                "rows | items",
                "next | next",
                "total | 'X Total'",
                "query | sort",
                "query | 'a=1&a=2'",
                "otherKeys | drop",
                "auth | digest",
                "auth | bearer",
                "authHeader | X-Api-Key",
                "sslMode | trust"
            })
    void optionThatIsNoneIsRefused(String name, String value) {
        Map<String, String> options = new HashMap<>(Map.of("tables", "people"));
        options.put(name, value);

        assertThat(codeOf(connection("/", null, null, options))).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @Test
    void parameterOfThePagingIsNoneOfTheConnections() {
        Map<String, String> options = Map.of("tables", "people", "paging", "offset", "query", "limit=3");

        assertThat(codeOf(connection("/", null, null, options))).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api/../admin", "api//v1", "//api", "."})
    void pathThatLeadsElsewhereIsRefused(String path) {
        assertThat(codeOf(connection(path, null, null, Map.of("tables", "people"))))
                .isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example.org@127.0.0.1", "127.0.0.1:80", "127.0.0.1/x", "a b", "http://x"})
    void hostThatIsMoreThanAHostIsRefused(String host) {
        Connection connection = new Connection(
                "api", "http", host, 80, "/", null, null, Map.of("tables", "people"), Limits.NONE, List.of());

        assertThat(codeOf(connection)).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Other: b", "a b", "", "ä"})
    void secretThatIsMoreThanAHeadersValueIsRefusedUnseen(String secret) {
        Connection connection = connection("/", null, "env:KEY", Map.of("tables", "people"));

        GodwitException refused = catchThrowableOfType(
                GodwitException.class, () -> new HttpConnector().source(connection, Means.of(reference -> secret)));

        assertThat(refused.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        assertThat(refused.getMessage()).doesNotContain("X-Other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Content-Length", "X: y", ""})
    void headerThatIsNotForKeysIsRefused(String name) {
        Map<String, String> options = Map.of("tables", "people", "auth", "header", "authHeader", name);

        assertThat(codeOf(connection("/", null, "env:KEY", options))).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "ann,,,Authorization,Basic YW5uOmh1c2g=",
        ",,,Authorization,Bearer hush",
        ",header,X-Api-Key,X-Api-Key,hush"
    })
    void secretGoesIntoItsHeader(
            @Nullable String user, @Nullable String auth, @Nullable String authHeader, String header, String value) {
        try (RestServer server = new RestServer()) {
            List<String> seen = new ArrayList<>();
            server.answer("/api/none/people", exchange -> {
                seen.add(String.valueOf(exchange.getRequestHeaders().getFirst(header)));
                RestServer.send(exchange, "[]");
            });
            Map<String, String> options = new HashMap<>();
            if (auth != null && authHeader != null) {
                options.putAll(Map.of("auth", auth, "authHeader", authHeader));
            }
            Connection plain = server.connection("none", "people", options);
            Connection connection = new Connection(
                    "api",
                    "http",
                    plain.host(),
                    plain.port(),
                    plain.database(),
                    user,
                    "env:KEY",
                    plain.options(),
                    Limits.NONE,
                    List.of());

            try (Source source = RestServer.open(connection)) {
                source.test();
            }

            assertThat(seen).containsExactly(value);
            assertThat(connection.toString()).doesNotContain("hush");
        }
    }

    @Test
    void tablesAreResourcesWithTheirPathAsSchema() {
        Connection connection =
                connection("/", null, null, Map.of("tables", "people, a/b/orders(id int8, \"x,y\" numeric(18,2))"));

        try (Source source = RestServer.open(connection)) {
            assertThat(source.tables())
                    .extracting(table -> table.schema() + "|" + table.name())
                    .containsExactlyInAnyOrder("null|people", "a/b|orders");
        }
    }

    @Test
    void connectorIsFoundAndOnlyReads() {
        Connection connection = connection("/", null, null, Map.of("tables", "people"));

        assertThat(Connectors.load().types()).contains("http");
        assertThat(catchThrowableOfType(
                                GodwitException.class,
                                () -> Connectors.load()
                                        .of(connection)
                                        .sink(connection, Means.of(reference -> ""), ledgersThatNobodyAsks()))
                        .code())
                .isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    private static SinkLedgers ledgersThatNobodyAsks() {
        return (SinkLedgers) Proxy.newProxyInstance(
                SinkLedgers.class.getClassLoader(), new Class<?>[] {SinkLedgers.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
    }

    private static Connection connection(
            String path, @Nullable String user, @Nullable String secret, Map<String, String> options) {
        return new Connection("api", "http", "127.0.0.1", 1, path, user, secret, options, Limits.NONE, List.of());
    }

    private static ErrorCode codeOf(Connection connection) {
        return catchThrowableOfType(GodwitException.class, () -> RestServer.open(connection))
                .code();
    }
}
