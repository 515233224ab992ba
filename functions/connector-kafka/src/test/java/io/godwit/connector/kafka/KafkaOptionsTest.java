package io.godwit.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.json.JsonField;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.type.LogicalType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaOptionsTest {
    private static Connection connection(@Nullable String user, Map<String, String> options) {
        return new Connection("events", "kafka", "127.0.0.1", 1, "kafka", user, user, options, Limits.NONE, List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format | avro", // and no registry
                "registryHost | registry.example.org", // and no avro
                "registryPort | 0",
                "registryPath | /a?b",
                "registrySslMode | trust",
                "schema.registry.url | x",
                "key | ,id",
                "key | ' '",
                "key | id, id",
                "metadata | yes",
                "tombstones | rows",
                "partitions | 0",
                "replication | -1",
                "compression | zstd",
                "sslMode | trust",
                "sasl | gssapi",
                "sasl | plain", // and no user
                "columns | id",
                "columns | {\"orders\": {\"id\": \"int9\"}}",
                "columns | {\"orders\": ",
                "sasl.jaas.config | x",
                "bootstrap.servers | x"
            })
    void whatIsNoneOfItsOptionsIsRefused(String name, String value) {
        GodwitException refused = catchThrowableOfType(
                GodwitException.class, () -> KafkaOptions.of(connection(null, Map.of(name, value))));

        assertThat(refused.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        assertThat(refused).hasMessageContaining("events").hasMessageContaining(name);
    }

    @Test
    void registryIsAPlaceAndNoAddressOfAnythingElse() {
        Map<String, String> options = new HashMap<>(Map.of("format", "avro", "registryHost", "registry.example.org"));

        assertThat(KafkaOptions.of(connection(null, options)).registry())
                .isEqualTo(new KafkaOptions.RegistryPlace("registry.example.org", 8081, "", true, null, null));
        for (String host : Set.of("http://registry", "registry:8081", "user@registry", "registry/path", "a b")) {
            options.put("registryHost", host);
            assertThat(catchThrowableOfType(GodwitException.class, () -> KafkaOptions.of(connection(null, options)))
                            .code())
                    .isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        }
        options.put("registryHost", "registry");
        options.put("registryUser", "reader");
        assertThat(catchThrowableOfType(GodwitException.class, () -> KafkaOptions.of(connection(null, options))))
                .hasMessageContaining("registrySecret");
    }

    /** It may be the password itself that stands there. */
    @Test
    void secretThatIsNoReferenceIsRefusedAndNotRepeated() {
        for (String secret : Set.of("hunter2", "env:hunter 2", "vault:hunter2", "kubernetes:hunter2")) {
            GodwitException refused = catchThrowableOfType(
                    GodwitException.class,
                    () -> KafkaOptions.of(connection(
                            null,
                            Map.of(
                                    "format",
                                    "avro",
                                    "registryHost",
                                    "registry",
                                    "registryUser",
                                    "reader",
                                    "registrySecret",
                                    secret))));

            assertThat(refused.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
            assertThat(refused).hasMessageContaining("registrySecret");
            assertThat(refused.getMessage() + refused.remedy())
                    .contains("env:NAME")
                    .doesNotContain("hunter");
        }
    }

    @Test
    void namesOfTheKeyAreTakenWithoutTheBlanksAroundThem() {
        assertThat(KafkaOptions.of(connection(null, Map.of("key", " id,\tregion ,name ")))
                        .key())
                .containsExactly("id", "region", "name");
    }

    @Test
    void userWithoutAWayToLogInIsRefused() {
        GodwitException refused =
                catchThrowableOfType(GodwitException.class, () -> KafkaOptions.of(connection("godwit", Map.of())));

        assertThat(refused).hasMessageContaining("sasl");
    }

    /** Without it, a connection is not encrypted: that is no default for whoever logs in. */
    @Test
    void loginSaysWhetherItIsEncrypted() {
        for (String sasl : Set.of("plain", "scram-sha-256", "scram-sha-512")) {
            GodwitException refused = catchThrowableOfType(
                    GodwitException.class, () -> KafkaOptions.of(connection("godwit", Map.of("sasl", sasl))));

            assertThat(refused.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
            assertThat(refused).hasMessageContaining("sslMode");
            assertThat(refused.remedy()).contains("verify-full");
        }
        assertThat(KafkaOptions.of(connection("godwit", Map.of("sasl", "plain", "sslMode", "verify-full")))
                        .isEncrypted())
                .isTrue();
        assertThat(KafkaOptions.of(connection("godwit", Map.of("sasl", "plain", "sslMode", "disable")))
                        .isEncrypted())
                .isFalse();
        assertThat(KafkaOptions.of(connection(null, Map.of())).isEncrypted()).isFalse();
    }

    @Test
    void optionsOfJsonAreNotThoseOfRawMessages() {
        for (String name : Set.of("metadata", "tombstones", "columns")) {
            String value = Map.of("metadata", "true", "tombstones", "skip", "columns", "{}")
                    .getOrDefault(name, "");
            GodwitException refused = catchThrowableOfType(
                    GodwitException.class,
                    () -> KafkaOptions.of(connection(null, Map.of("format", "raw", name, value))));

            assertThat(refused).hasMessageContaining(name);
        }
    }

    @Test
    void declaredColumnsKeepTheirOrder() {
        KafkaOptions options = KafkaOptions.of(connection(
                null, Map.of("columns", "{\"orders\": {\"z\": \"int8\", \"a\": \"numeric(10,2)\"}, \"none\": {}}")));

        assertThat(options.declared("orders"))
                .contains(List.of(
                        new JsonField("z", LogicalType.parse("int8")),
                        new JsonField("a", LogicalType.parse("numeric(10,2)"))));
        assertThat(options.declared("none")).contains(List.of());
        assertThat(options.declared("others")).isEmpty();
    }

    /** Whatever a secret holds, it is one text of the login, and nothing after it. */
    @Test
    void secretCannotEndTheTextThatItStandsIn() {
        assertThat(KafkaClients.quoted("a\"; evil=\"\\\n")).isEqualTo("\"a\\\"; evil=\\\"\\\\\\n\"");
    }
}
