package io.godwit.connector.kafka;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.connector.Hosts;
import io.godwit.connector.OptionCheck;
import io.godwit.connector.json.JsonField;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.type.LogicalType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a connection's options say. Properties of Kafka's clients are never among them. */
final class KafkaOptions {
    private static final String COLUMNS = "columns";
    private static final String KEY = "key";

    /** As of the connection's own: {@code schemas/connection/connection.json}. */
    private static final Pattern SECRET = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:[^\\u0000-\\u001f\\u007f]+"
            + "|kubernetes:[a-z0-9]([a-z0-9.-]*[a-z0-9])?/[A-Za-z0-9._-]+");

    private static final Map<String, Pattern> ALLOWED = Map.ofEntries(
            entry("format", Pattern.compile("json|raw|avro")),
            entry("registryHost", Pattern.compile(".+")),
            entry("registryPort", Pattern.compile("[1-9][0-9]{0,4}")),
            entry("registryPath", Pattern.compile("(/[A-Za-z0-9._~-]+){1,10}")),
            entry("registrySslMode", Pattern.compile("disable|verify-full")),
            entry("registryUser", Pattern.compile("[^:]+")),
            entry("registrySecret", SECRET),
            entry("metadata", Pattern.compile("true|false")),
            entry("tombstones", Pattern.compile("refuse|skip")),
            entry(COLUMNS, Pattern.compile("\\{.*}")),
            entry(KEY, Pattern.compile(".+")),
            entry("partitions", Pattern.compile("[1-9][0-9]{0,3}")),
            entry("replication", Pattern.compile("[1-9][0-9]?")),
            entry("compression", Pattern.compile("none|gzip|lz4")),
            entry("sslMode", Pattern.compile("disable|verify-full")),
            entry("sasl", Pattern.compile("plain|scram-sha-256|scram-sha-512")));

    static final Set<String> NAMES = ALLOWED.keySet();

    private final Connection connection;
    private final Map<String, String> options;
    private final Map<String, List<JsonField>> declared;

    private KafkaOptions(Connection connection) {
        this.connection = connection;
        this.options = connection.options();
        options.forEach(this::check);
        this.declared = options.containsKey(COLUMNS) ? parseColumns(options.getOrDefault(COLUMNS, "")) : Map.of();
    }

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static KafkaOptions of(Connection connection) {
        KafkaOptions options = new KafkaOptions(connection);
        Set<String> given = connection.options().keySet();
        for (String name : List.of("metadata", "tombstones")) {
            if (options.isRaw() && given.contains(name)) {
                throw options.refused(name, "is for formats json and avro", "Leave it out.");
            }
        }
        if (!options.format().equals("json") && given.contains(COLUMNS)) {
            throw options.refused(COLUMNS, "is for format json", "Leave it out.");
        }
        options.checkRegistry(given);
        options.checkKey();
        if (connection.options().containsKey("sasl") != (connection.user() != null)) {
            throw options.refused(
                    "sasl",
                    connection.user() == null ? "wants a user and a secret" : "is missing, and there is a user",
                    "Give user, secret and sasl, or none of them.");
        }
        if (connection.options().containsKey("sasl") && !connection.options().containsKey("sslMode")) {
            throw options.refused(
                    "sslMode",
                    "is missing, and a secret goes over the network (sasl)",
                    "Write sslMode: verify-full, or sslMode: disable where anybody on the way may read what is sent.");
        }
        return options;
    }

    /** Whether messages are bytes to us; else their values are JSON objects. */
    boolean isRaw() {
        return "raw".equals(options.get("format"));
    }

    /** What values are: {@code json}, {@code avro} or {@code raw}. */
    String format() {
        return options.getOrDefault("format", "json");
    }

    boolean isAvro() {
        return format().equals("avro");
    }

    /**
     * Where the registry is.
     *
     * @param path before every other, or empty
     * @param user null: it asks for no login
     * @param secret a reference
     */
    record RegistryPlace(
            String host,
            int port,
            String path,
            boolean encrypted,
            @Nullable String user,
            @Nullable String secret) {}

    /** The registry of schemas, of a connection of Avro. */
    RegistryPlace registry() {
        return new RegistryPlace(
                Hosts.checked(connection, options.get("registryHost")),
                Integer.parseInt(options.getOrDefault("registryPort", "8081")),
                options.getOrDefault("registryPath", ""),
                !"disable".equals(options.get("registrySslMode")),
                options.get("registryUser"),
                options.get("registrySecret"));
    }

    private void checkRegistry(Set<String> given) {
        for (String name : new TreeSet<>(given)) {
            if (!isAvro() && name.startsWith("registry")) {
                throw refused(name, "is for format avro", "Leave it out.");
            }
        }
        if (isAvro()) {
            if (!given.contains("registryHost")) {
                throw refused(
                        "format",
                        "is avro, and registryHost is missing",
                        "Name the host of the registry that has the schemas.");
            }
            Hosts.checked(connection, options.get("registryHost"));
        }
        if (given.contains("registryUser") != given.contains("registrySecret")) {
            throw refused("registryUser", "wants registrySecret, and that wants it", "Give both, or neither.");
        }
    }

    /** Whether tables of JSON have columns of what stands around the value, too. */
    boolean hasMetadata() {
        return "true".equals(options.get("metadata"));
    }

    /** Whether messages without a value are no rows; else each is refused. */
    boolean skipsTombstones() {
        return "skip".equals(options.get("tombstones"));
    }

    /** The columns that the connection declares for a topic. */
    Optional<List<JsonField>> declared(String topic) {
        return Optional.ofNullable(declared.get(topic));
    }

    private Map<String, List<JsonField>> parseColumns(String text) {
        Map<String, List<JsonField>> topics = new HashMap<>();
        try {
            for (Map.Entry<String, JsonNode> topic :
                    new ObjectMapper().readTree(text).properties()) {
                List<JsonField> fields = new ArrayList<>();
                topic.getValue()
                        .properties()
                        .forEach(column -> fields.add(new JsonField(
                                column.getKey(),
                                LogicalType.parse(column.getValue().asText()))));
                topics.put(topic.getKey(), fields);
            }
            return topics;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw refused(
                    COLUMNS,
                    "declares no columns: " + (e instanceof IllegalArgumentException ? e.getMessage() : "no JSON"),
                    "Write an object of topics: {\"orders\": {\"id\": \"int8\", \"placed\": \"timestamptz\"}}.");
        }
    }

    /** The columns that make the key of messages; empty: the source's primary key does. */
    List<String> key() {
        String key = options.get(KEY);
        return key == null ? List.of() : List.of(key.strip().split("\\s*,\\s*", -1));
    }

    private void checkKey() {
        List<String> key = key();
        if (key.contains("") || new TreeSet<>(key).size() < key.size()) {
            throw refused(
                    KEY,
                    "names no column, or one twice",
                    "Write names of columns with commas between them: region, id.");
        }
    }

    /** Of topics that are created. */
    Optional<Integer> partitions() {
        return Optional.ofNullable(options.get("partitions")).map(Integer::valueOf);
    }

    /** Copies of topics that are created. */
    Optional<Short> replication() {
        return Optional.ofNullable(options.get("replication")).map(Short::valueOf);
    }

    String compression() {
        return options.getOrDefault("compression", "lz4");
    }

    boolean isEncrypted() {
        return "verify-full".equals(options.get("sslMode"));
    }

    /** Kafka's name of the mechanism: {@code SCRAM-SHA-512}. */
    Optional<String> saslMechanism() {
        return Optional.ofNullable(options.get("sasl")).map(word -> word.toUpperCase(java.util.Locale.ROOT));
    }

    private void check(String name, String value) {
        Pattern values = ALLOWED.get(name);
        if (values == null) {
            throw refused(name, "is not allowed", "Allowed are " + String.join(", ", new TreeSet<>(NAMES)) + ".");
        }
        if (!values.matcher(value).matches()) {
            if (values == SECRET) {
                // Whatever it is, it may be the secret itself: it is not repeated.
                throw refused(
                        name,
                        "is no reference to a secret",
                        "Write env:NAME, file:PATH or kubernetes:SECRET/KEY, never the secret itself.");
            }
            throw refused(name, "does not take this value", "It takes " + values.pattern() + ".");
        }
    }

    private GodwitException refused(String name, String why, String remedy) {
        return OptionCheck.refused(connection, name, why, remedy);
    }
}
