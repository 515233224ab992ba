package io.godwit.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.godwit.connector.opensearch.OpenSearchServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Tables as aliases of OpenSearch, under a prefix of their own, seen by whoever searches them. */
public final class WrittenIndices implements FaultTarget {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String prefix = "target" + PREFIXES.incrementAndGet() + "-";

    /** A connection to what begins with a prefix, as a document of a job file. */
    public static String document(String connection, String prefix) {
        return """
                kind: Connection
                name: %s
                type: opensearch
                host: 127.0.0.1
                port: %d
                database: %s
                options: { sslMode: disable }
                ---
                """.formatted(connection, OpenSearchServer.port(), prefix);
    }

    /** The documents that an alias shows. */
    public static List<JsonNode> documents(String alias) throws IOException, InterruptedException {
        List<JsonNode> documents = new ArrayList<>();
        JsonNode page = ask("POST", "/" + alias + "/_search?scroll=1m", "{\"size\": 5000, \"sort\": [\"_doc\"]}");
        while (!page.at("/hits/hits").isEmpty()) {
            assertThat(page.at("/_shards/failed").asInt()).as(alias).isZero();
            page.at("/hits/hits").forEach(hit -> documents.add(hit.path("_source")));
            page = ask(
                    "POST",
                    "/_search/scroll",
                    JSON.createObjectNode()
                            .put("scroll", "1m")
                            .put("scroll_id", page.path("_scroll_id").asText())
                            .toString());
        }
        return documents;
    }

    /**
     * Asks the server what the path says.
     *
     * @param body empty: none
     */
    public static JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + OpenSearchServer.port() + path))
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Override
    public void create() {}

    @Override
    public String document() {
        return document("target", prefix);
    }

    @Override
    public void kill() {
        OpenSearchServer.crash();
    }

    @Override
    public List<String> rows(String table, List<String> columns) throws Exception {
        return documents(prefix + table).stream()
                .map(row -> columns.stream()
                        .map(column -> row.path(column).asText())
                        .collect(Collectors.joining("|")))
                .sorted()
                .toList();
    }

    /** Nothing is seen of a step that was cancelled, and its indices go when it is closed, soon after the run is. */
    @Override
    public void isWhatTheLedgerSays() throws Exception {
        Waiting.until(PATIENCE, () -> assertThat(indices()).isEmpty());
    }

    /** Every index is shown, whole, and takes no writes. */
    @Override
    public void isCleared() throws Exception {
        assertThat(indices()).isNotEmpty().allSatisfy(index -> {
            String name = index.at("/settings/index/provided_name").asText();
            JsonNode shown = index.path("aliases").path(name.replaceFirst("-godwit-.*", ""));
            assertThat(shown.isObject() && !shown.has("filter")).as(name).isTrue();
            assertThat(index.at("/settings/index/blocks/write").asBoolean())
                    .as(name)
                    .isTrue();
        });
    }

    private JsonNode indices() throws IOException, InterruptedException {
        return ask("GET", "/" + prefix + "*?expand_wildcards=all", "");
    }
}
