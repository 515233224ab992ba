package io.godwit.connector.opensearch;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/** One node of OpenSearch, on loopback. A program of its own: it says its port, and ends with its standard input. */
final class OpenSearchNode extends Node {
    private OpenSearchNode(Settings settings) {
        super(
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "godwit"),
                List.of(Netty4Plugin.class, ReindexPlugin.class),
                false);
    }

    /** @param arguments the folder that it may use, and its port, 0 for any */
    public static void main(String... arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Files.createDirectories(home.resolve("config"));
        try (OpenSearchNode node = new OpenSearchNode(Settings.builder()
                .put("path.home", home.toString())
                .put("node.name", "godwit")
                .put("cluster.name", "godwit-test")
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.port", arguments[1])
                .put("transport.port", "0")
                .put("http.type", "netty4")
                .put("transport.type", "netty4")
                .put("http.max_content_length", "8mb")
                .put("cluster.max_shards_per_node", 10_000)
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build())) {
            node.start();
            int port = node.injector()
                    .getInstance(HttpServerTransport.class)
                    .boundAddress()
                    .publishAddress()
                    .getPort();
            System.out.println("port " + port);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
