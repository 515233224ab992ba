package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where kubectl is installed: what we render is what kustomize renders. */
@EnabledIf(value = "isKubectlThere", disabledReason = "no kubectl on the path")
class RealKustomizeTest {
    private static final ObjectMapper YAML = new YAMLMapper();

    static Stream<Path> overlays() {
        return ManifestsTest.overlays();
    }

    static boolean isKubectlThere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void rendersTheSame(Path overlay) throws IOException, InterruptedException {
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", overlay.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<JsonNode> theirs = YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(kubectl.getInputStream())
                .readAll();
        assertThat(kubectl.waitFor()).isZero();

        assertThat(byName(Rendered.of(overlay).documents())).isEqualTo(byName(theirs));
    }

    private static Map<String, JsonNode> byName(List<? extends JsonNode> documents) {
        Map<String, JsonNode> byName = new HashMap<>();
        for (JsonNode document : documents) {
            byName.put(
                    document.path("apiVersion").asText() + "/"
                            + document.path("kind").asText() + " "
                            + document.at("/metadata/namespace").asText() + "/" + Rendered.name(document),
                    document);
        }
        return byName;
    }
}
