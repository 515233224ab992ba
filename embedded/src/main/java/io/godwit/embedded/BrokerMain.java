package io.godwit.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The broker's process: formats its storage if need be, starts, says so in a file, and ends on SIGTERM. */
final class BrokerMain {

    private BrokerMain() {}

    /** @param args the broker's properties, and the file to make once it is ready */
    public static void main(String[] args) throws Exception {
        Properties properties = Utils.loadProps(args[0]);
        KafkaConfig config = KafkaConfig.fromProps(properties);
        format(config, Path.of(properties.getProperty("log.dirs")));
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        try {
            server.startup();
            Files.createFile(Path.of(args[1]));
        } catch (RuntimeException | IOException e) {
            e.printStackTrace();
            System.exit(1); // the broker's threads would keep the process up
        }
        server.awaitShutdown();
    }

    private static void format(KafkaConfig config, Path logs) throws Exception {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(config.nodeId())
                .addDirectory(logs.toString())
                .setMetadataLogDirectory(logs.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(System.err)
                .run();
    }
}
