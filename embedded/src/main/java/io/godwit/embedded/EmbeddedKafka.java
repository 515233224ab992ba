package io.godwit.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker of this process, which is its own controller, on 127.0.0.1, in a Java process of at most 256 MiB of
 * heap. Topics are made by whoever needs them, never by use.
 */
public final class EmbeddedKafka extends EmbeddedServer {

    private static final String NAME = "kafka";

    private final ServerHome home;
    private final Map<String, String> settings;
    private @Nullable BrokerProgram program;

    private EmbeddedKafka(ServerHome home, int port, Map<String, String> settings) {
        super(NAME, home, port);
        this.home = home;
        this.settings = settings;
    }

    /** A broker in a temporary directory, on a free port. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a client's {@code bootstrap.servers} wants. */
    public String bootstrapServers() {
        return host() + ":" + port();
    }

    @Override
    void unpack() {
        program = BrokerProgram.unpacked();
    }

    @Override
    void initialize() {
        // The broker's process formats its storage itself: that spares a second one.
    }

    @Override
    ServerProcess launch() {
        Path properties = home.resolve("broker.properties");
        try {
            Files.deleteIfExists(readyFile());
            Properties all = new Properties();
            all.putAll(settings);
            all.put("log.dirs", home.resolve("data").toString());
            try (Writer writer = Files.newBufferedWriter(properties)) {
                all.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + properties, e);
        }
        List<String> arguments = List.of(properties.toString(), readyFile().toString());
        return ServerProcess.start(NAME, requireNonNull(program).command(record(), arguments), home, stopSignal());
    }

    @Override
    boolean isReady(ServerProcess started) {
        return Files.exists(readyFile());
    }

    @Override
    String stopSignal() {
        return "TERM";
    }

    // The first broker of a user records its classes as it ends in order.
    @Override
    boolean mayBeKilled() {
        return program == null || program.isRecorded();
    }

    @Override
    void stopped() {
        requireNonNull(program).keep(record());
    }

    private Path readyFile() {
        return home.resolve("ready");
    }

    private Path record() {
        return home.resolve("classes.jsa");
    }

    /** What a broker is to be like. */
    public static final class Builder {

        private @Nullable Path directory;
        private @Nullable Path parent;
        private int port;
        private final Map<String, String> settings = new LinkedHashMap<>();

        private Builder() {
            setting("process.roles", "broker,controller").setting("node.id", "1");
            setting("controller.listener.names", "CONTROLLER").setting("inter.broker.listener.name", "BROKER");
            setting("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
            setting("auto.create.topics.enable", "false");
            setting("message.max.bytes", "1048588"); // Kafka's default: 1 MiB and a header
            setting("log.segment.bytes", Integer.toString(64 << 20));
            // Deleted records leave the disk when Kafka next looks; by default, every five minutes.
            setting("log.retention.check.interval.ms", "5000");
            // As large as the system allows: a batch comes in few reads.
            setting("socket.receive.buffer.bytes", "-1").setting("socket.send.buffer.bytes", "-1");
            // One broker, few clients, small internal topics.
            setting("offsets.topic.num.partitions", "1").setting("offsets.topic.replication.factor", "1");
            setting("transaction.state.log.num.partitions", "1");
            setting("transaction.state.log.replication.factor", "1").setting("transaction.state.log.min.isr", "1");
            setting("share.coordinator.state.topic.num.partitions", "1");
            setting("share.coordinator.state.topic.replication.factor", "1");
            setting("share.coordinator.state.topic.min.isr", "1");
            setting("group.initial.rebalance.delay.ms", "0");
            // After a kill the controller waits for the end of the lost session; by default, 9 s.
            setting("broker.session.timeout.ms", "3000").setting("broker.heartbeat.interval.ms", "300");
            setting("num.network.threads", "2").setting("num.io.threads", "4").setting("background.threads", "2");
            setting("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)); // default: half of our heap
        }

        /** Keeps the broker's files in this directory; a later broker finds them there. */
        public Builder directory(Path path) {
            this.directory = path;
            return this;
        }

        /** Keeps the broker's files in a temporary directory of this one, not of the system's. */
        public Builder temporaryIn(Path path) {
            this.parent = path;
            return this;
        }

        /** Listens on this port; 0 stands for a free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** A setting of the broker, as in {@code server.properties}. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /**
         * Starts the broker.
         *
         * @throws IllegalStateException if its directory is in use, or it does not start
         */
        public EmbeddedKafka start() {
            int chosen = port == 0 ? FreePort.find() : port;
            int controller = FreePort.find();
            Map<String, String> all = new LinkedHashMap<>(settings);
            all.put("listeners", "BROKER://127.0.0.1:" + chosen + ",CONTROLLER://127.0.0.1:" + controller);
            all.put("advertised.listeners", "BROKER://127.0.0.1:" + chosen);
            all.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
            ServerHome home = parent == null ? ServerHome.open(directory, NAME) : ServerHome.temporaryIn(parent, NAME);
            EmbeddedKafka broker = new EmbeddedKafka(home, chosen, all);
            try {
                broker.start();
                return broker;
            } catch (RuntimeException e) {
                home.close();
                throw e;
            }
        }
    }
}
