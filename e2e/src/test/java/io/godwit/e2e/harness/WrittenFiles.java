package io.godwit.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Tables of JSON lines, or of another format, as they lie in their place: a folder each, whose manifest lists its
 * files.
 */
abstract class WrittenFiles implements FaultTarget {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MANIFEST = "/_manifest.json";

    /** By path, hidden ones too. */
    abstract Map<String, byte[]> files() throws IOException;

    @Override
    public List<String> rows(String table, List<String> columns) throws Exception {
        Map<String, byte[]> files = files();
        JsonNode manifest = JSON.readTree(Objects.requireNonNull(files.get(table + MANIFEST), table));
        List<String> rows = new ArrayList<>();
        for (JsonNode part : manifest.path("files")) {
            String path = table + "/" + part.path("path").asText();
            rows.addAll(lines(path, Objects.requireNonNull(files.get(path), path), columns));
        }
        rows.sort(null);
        return rows;
    }

    /** The rows of one file. */
    List<String> lines(String path, byte[] content, List<String> columns) throws Exception {
        List<String> rows = new ArrayList<>();
        for (String line : text(path, content).lines().toList()) {
            JsonNode row = JSON.readTree(line);
            rows.add(columns.stream().map(column -> row.path(column).asText()).collect(Collectors.joining("|")));
        }
        return rows;
    }

    private static String text(String path, byte[] content) throws IOException {
        try (InputStream in = path.endsWith(".gz")
                ? new GZIPInputStream(new ByteArrayInputStream(content))
                : new ByteArrayInputStream(content)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Published as a whole, or not at all; what writers had begun goes when the step is closed, soon after the run is.
     */
    @Override
    public void isWhatTheLedgerSays() throws Exception {
        Waiting.until(PATIENCE, this::isCleared);
        Map<String, byte[]> files = files();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(file.getKey()).endsWith(MANIFEST);
            assertThat(JSON.readTree(file.getValue()).path("files"))
                    .as(file.getKey())
                    .isEmpty();
        }
    }

    /** Nothing but manifests, and what they list. */
    @Override
    public void isCleared() throws IOException {
        Map<String, byte[]> files = files();
        TreeSet<String> listed = new TreeSet<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().endsWith(MANIFEST)) {
                String folder = file.getKey().substring(0, file.getKey().length() - MANIFEST.length());
                listed.add(file.getKey());
                JSON.readTree(file.getValue())
                        .path("files")
                        .forEach(part ->
                                listed.add(folder + "/" + part.path("path").asText()));
            }
        }
        assertThat(files.keySet()).containsExactlyElementsOf(listed);
    }
}
