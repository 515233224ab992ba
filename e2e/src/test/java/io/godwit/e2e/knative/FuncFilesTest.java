package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each function's {@code func.yaml}: fields that the func command knows, and what the manifests say. */
class FuncFilesTest {
    private static final ObjectMapper YAML = new YAMLMapper();

    /** Those of func's schema that ours use, as paths; items of lists are {@code *}. */
    private static final Set<String> KNOWN = Set.of(
            "/specVersion",
            "/name",
            "/runtime",
            "/image",
            "/namespace",
            "/created",
            "/invoke",
            "/run/volumes/*/secret",
            "/run/volumes/*/path",
            "/run/envs/*/name",
            "/run/envs/*/value",
            "/deploy/namespace",
            "/deploy/serviceAccountName",
            "/deploy/healthEndpoints/liveness",
            "/deploy/healthEndpoints/readiness",
            "/deploy/options/scale/min",
            "/deploy/options/scale/max",
            "/deploy/options/scale/utilization",
            "/deploy/options/resources/requests/cpu",
            "/deploy/options/resources/requests/memory",
            "/deploy/options/resources/limits/memory",
            "/deploy/options/resources/limits/concurrency");

    @ParameterizedTest
    @ValueSource(strings = {"planner", "reader", "writer", "ops"})
    void saysWhatTheManifestsSay(String function) throws IOException {
        JsonNode func =
                YAML.readTree(Path.of("..", function + "-fn", "func.yaml").toFile());
        Set<String> fields = new TreeSet<>();
        collect("", func, fields);
        assertThat(KNOWN).containsAll(fields);

        ObjectNode service = Rendered.of(Path.of("..", "knative", "base")).only("Service", function);
        JsonNode container = Rendered.container(service);
        JsonNode scale = service.at("/spec/template/metadata/annotations");
        JsonNode options = func.at("/deploy/options");
        assertThat(func.path("specVersion").isTextual()).isTrue();
        assertThat(Instant.parse(func.path("created").asText())).isBefore(Instant.now());
        assertThat(func.path("runtime").asText()).isEqualTo("quarkus");
        assertThat(func.path("invoke").asText()).isEqualTo("cloudevent");
        assertThat(func.path("name").asText()).isEqualTo(function);
        assertThat(func.path("image")).isEqualTo(container.path("image"));
        assertThat(func.path("namespace")).isEqualTo(service.at("/metadata/namespace"));
        assertThat(func.at("/deploy/serviceAccountName"))
                .isEqualTo(service.at("/spec/template/spec/serviceAccountName"));
        assertThat(func.at("/deploy/healthEndpoints/liveness")).isEqualTo(container.at("/livenessProbe/httpGet/path"));
        assertThat(func.at("/deploy/healthEndpoints/readiness"))
                .isEqualTo(container.at("/readinessProbe/httpGet/path"));
        assertThat(options.at("/scale/min").asText()).isEqualTo(annotation(scale, "min-scale"));
        assertThat(options.at("/scale/max").asText()).isEqualTo(annotation(scale, "max-scale"));
        assertThat(options.at("/scale/utilization").asText())
                .isEqualTo(annotation(scale, "target-utilization-percentage"));
        assertThat(options.at("/resources/limits/concurrency"))
                .isEqualTo(service.at("/spec/template/spec/containerConcurrency"));
        assertThat(options.at("/resources/limits/memory")).isEqualTo(container.at("/resources/limits/memory"));
        assertThat(options.at("/resources/requests")).isEqualTo(container.at("/resources/requests"));
        assertThat(func.at("/run/volumes").findValuesAsText("secret"))
                .isEqualTo(Set.of("reader", "writer").contains(function) ? List.of("godwit-connections") : List.of());
        Set<String> variables = new TreeSet<>(container.path("env").findValuesAsText("name"));
        variables.removeAll(Set.of("username", "password", "godwit-control-store"));
        assertThat(new TreeSet<>(func.at("/run/envs").findValuesAsText("name"))).isEqualTo(variables);
    }

    private static String annotation(JsonNode scale, String name) {
        return scale.path("autoscaling.knative.dev/" + name).asText();
    }

    private static void collect(String path, JsonNode node, Set<String> fields) {
        if (node.isObject()) {
            node.properties().forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), fields));
        } else if (node.isArray()) {
            node.forEach(item -> collect(path + "/*", item, fields));
        } else {
            fields.add(path);
        }
    }
}
