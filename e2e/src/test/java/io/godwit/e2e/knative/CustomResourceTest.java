package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code knative/} against the definitions of Knative's and Strimzi's own kinds: the folder {@code godwit.crds}. */
@EnabledIfSystemProperty(named = "godwit.crds", matches = ".+", disabledReason = "no definitions were given")
class CustomResourceTest {
    private static final Set<String> KUBERNETES_OWN = Set.of("v1", "batch/v1", "networking.k8s.io/v1");

    private static final ObjectMapper YAML = new YAMLMapper();

    static Stream<Path> overlays() {
        return ManifestsTest.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyFieldStandsInItsDefinition(Path overlay) throws IOException {
        Map<String, Schema> definitions = definitions(Path.of(System.getProperty("godwit.crds")));
        for (ObjectNode document : Kustomization.render(overlay)) {
            String kind = document.path("apiVersion").textValue() + "/"
                    + document.path("kind").textValue();
            if (KUBERNETES_OWN.contains(document.path("apiVersion").textValue())) {
                continue;
            }
            Schema definition = definitions.get(kind);
            assertThat(definition).as("a definition of " + kind).isNotNull();
            assertThat(definition.validate(document))
                    .as(kind + " " + document.at("/metadata/name").textValue())
                    .isEmpty();
        }
    }

    private static Map<String, Schema> definitions(Path folder) throws IOException {
        Map<String, Schema> definitions = new TreeMap<>();
        SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
        for (Path file : files) {
            for (JsonNode document : YAML.readerFor(JsonNode.class)
                    .<JsonNode>readValues(file.toFile())
                    .readAll()) {
                JsonNode spec = document.path("spec");
                for (JsonNode version : spec.path("versions")) {
                    JsonNode schema = version.at("/schema/openAPIV3Schema");
                    if (schema.isObject()) {
                        ((ObjectNode) schema.path("properties"))
                                .putObject("apiVersion")
                                .put("type", "string");
                        ((ObjectNode) schema.path("properties"))
                                .putObject("kind")
                                .put("type", "string");
                        ((ObjectNode) schema.path("properties"))
                                .putObject("metadata")
                                .put("type", "object");
                        close(schema);
                        definitions.put(
                                spec.path("group").textValue() + "/"
                                        + version.path("name").textValue() + "/"
                                        + spec.at("/names/kind").textValue(),
                                schemas.getSchema(schema.toString()));
                    }
                }
            }
        }
        return definitions;
    }

    /** No field but those that are named, also where a server would keep others. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.path("properties").isObject() && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            if (object.path("properties").has("deadLetterSink")) {
                // Left out of the definition, for a feature that is on by default: delivery-timeout.
                ((ObjectNode) object.path("properties")).putObject("timeout").put("type", "string");
            }
            if (object.path("x-kubernetes-int-or-string").asBoolean(false)) {
                object.remove("type");
            }
            // Go's patterns and formats are not all JSON Schema's.
            object.remove("format");
        }
        schema.forEach(CustomResourceTest::close);
    }
}
