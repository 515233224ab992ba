package io.godwit.connector.kafka;

import io.godwit.connector.Hosts;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The clients of one use of a connection, each opened when it is first needed. Not safe for threads. */
final class KafkaClients implements AutoCloseable {
    /** The word for any cluster; another one is the id of the cluster that it must be. */
    private static final String ANY_CLUSTER = "kafka";

    private static final int DIAL_MILLIS = 10_000;
    private static final int REQUEST_MILLIS = 15_000;
    private static final int ANSWER_MILLIS = 30_000;

    /** What one fetch brings; a consumer holds two of them at most. */
    private static final int FETCH_BYTES = 2 << 20;

    /**
     * The largest message that is sent, and all that a producer holds: what a function's heap of 128 MB has room for
     * beside the row that a message is made of. Below that, what is too large is the topic's to say.
     */
    static final int MESSAGE_BYTES = 16 << 20;

    /** What is sent together, where the topic takes it. */
    static final int BATCH_BYTES = 256 << 10;

    private final Connection connection;
    private final KafkaOptions options;
    private final SecretResolver secrets;
    private final KafkaErrors errors;
    private @Nullable Admin admin;
    private @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable String cluster;

    KafkaClients(Connection connection, KafkaOptions options, SecretResolver secrets, KafkaErrors errors) {
        this.connection = connection;
        this.options = options;
        this.secrets = secrets;
        this.errors = errors;
    }

    /** @throws io.godwit.core.error.GodwitException UNREACHABLE or LOGIN_REFUSED */
    Admin admin() {
        if (admin == null) {
            dial();
            Map<String, Object> settings = settings();
            settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
            admin = errors.during("opening", () -> Admin.create(settings));
            requireCluster();
        }
        return admin;
    }

    /** The id that the cluster gave itself. */
    String cluster() {
        admin();
        return Objects.requireNonNull(cluster);
    }

    /** That it answers. */
    ConnectionReport report() {
        long start = System.nanoTime();
        int brokers = errors.during(
                "testing",
                () -> KafkaErrors.get(admin().describeCluster().nodes()).size());
        return new ConnectionReport(
                "Kafka, cluster " + cluster() + " of " + brokers + (brokers == 1 ? " broker" : " brokers"),
                (System.nanoTime() - start) / 1_000_000,
                options.isEncrypted() ? List.of() : List.of("the connection is not encrypted: sslMode is disable"));
    }

    /** Of committed records, in no group, to be assigned and sought. */
    Consumer<byte[], byte[]> consumer() {
        admin();
        if (consumer == null) {
            Map<String, Object> settings = settings();
            settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
            settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // what is deleted is never skipped
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            settings.put(ConsumerConfig.CHECK_CRCS_CONFIG, true);
            settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
            settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
            settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
            consumer = errors.during(
                    "opening",
                    () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        }
        return consumer;
    }

    /**
     * A producer of one transaction; the caller's, to be closed.
     *
     * @param timeout after which the cluster ends a transaction of which it hears nothing more
     * @param batchBytes what is sent together at most: where it is more than a topic takes, the client divides it again
     *     and again
     */
    Producer<byte[], byte[]> producer(String transactionalId, Duration timeout, int batchBytes) {
        admin();
        Map<String, Object> settings = settings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(timeout.toMillis()));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, options.compression());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(batchBytes, BATCH_BYTES));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MESSAGE_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) MESSAGE_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) ANSWER_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        return errors.during(
                "opening", () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** A client that finds nobody only ever says that it took too long. */
    private void dial() {
        String host = Hosts.of(connection);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port()), DIAL_MILLIS);
        } catch (IOException | IllegalArgumentException e) {
            throw errors.unreachable(e);
        }
    }

    private void requireCluster() {
        cluster = errors.during(
                "asking for the cluster",
                () -> KafkaErrors.get(admin().describeCluster().clusterId()));
        String wanted = connection.database();
        if (!wanted.equals(ANY_CLUSTER) && !wanted.equals(cluster)) {
            throw errors.error(
                    errors.loginRefused(),
                    "the cluster's id is " + cluster + ", and database says " + wanted,
                    "Write database: " + ANY_CLUSTER + ", or the id of the cluster that it must be.");
        }
    }

    private int port() {
        Integer port = connection.port();
        return port == null ? 9092 : port;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new TreeMap<>();
        String server = Hosts.inUrl(Hosts.of(connection)) + ":" + port();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, server);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        // Metrics of the clients' own are what nobody here reads: a thread, a registration, and JMX in native images.
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        String mechanism = options.saslMechanism().orElse(null);
        String protocol = (mechanism == null ? "" : "SASL_") + (options.isEncrypted() ? "SSL" : "PLAINTEXT");
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        if (mechanism != null) {
            settings.put(SaslConfigs.SASL_MECHANISM, mechanism);
            settings.put(SaslConfigs.SASL_JAAS_CONFIG, login(mechanism));
        }
        return settings;
    }

    private String login(String mechanism) {
        String module = mechanism.equals("PLAIN")
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        String secret = connection.secret();
        if (secret == null) {
            throw errors.error(
                    ErrorCode.CONNECTION_OPTION_REFUSED, "it has a user and no secret", "Give secret, a reference.");
        }
        return module + " required username=" + quoted(Objects.requireNonNull(connection.user())) + " password="
                + quoted(secrets.resolve(secret)) + ";";
    }

    /** As JAAS reads a text: in quotes, with a backslash before what would end it or mean something. */
    static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    @Override
    public void close() {
        // Nothing that is still under way may keep whoever closes.
        if (consumer != null) {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
