package io.godwit.e2e.knative;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Renders a folder as {@code kustomize build} does, of which it knows what ours use: resources, namespace, labels, and
 * JSON patches by kind, group and name. Anything else is refused, and a patch that finds nothing too.
 */
final class Kustomization {
    private static final Set<String> KNOWN =
            Set.of("apiVersion", "kind", "namespace", "labels", "resources", "patches");
    private static final Set<String> CLUSTER_WIDE = Set.of("Namespace");

    /** Refuses keys that stand twice. */
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private Kustomization() {}

    /** The documents, in their order. */
    static List<ObjectNode> render(Path folder) {
        JsonNode file = only(folder.resolve("kustomization.yaml"));
        file.fieldNames().forEachRemaining(key -> require(KNOWN.contains(key), folder + ": unknown key " + key));
        List<ObjectNode> documents = new ArrayList<>();
        for (JsonNode resource : file.path("resources")) {
            Path path = folder.resolve(resource.textValue()).normalize();
            documents.addAll(Files.isDirectory(path) ? render(path) : documents(path));
        }
        for (ObjectNode document : documents) {
            if (file.has("namespace")
                    && !CLUSTER_WIDE.contains(document.path("kind").textValue())) {
                document.withObject("/metadata").set("namespace", file.get("namespace"));
            }
            for (JsonNode labels : file.path("labels")) {
                document.withObject("/metadata/labels").setAll((ObjectNode) labels.get("pairs"));
            }
        }
        for (JsonNode patch : file.path("patches")) {
            List<ObjectNode> targets = documents.stream()
                    .filter(document -> fits(patch.get("target"), document))
                    .toList();
            require(!targets.isEmpty(), folder + ": no document for the patch of " + patch.get("target"));
            for (JsonNode operation : parse(patch.get("patch").textValue())) {
                targets.forEach(document -> apply(operation, document));
            }
        }
        return documents;
    }

    private static boolean fits(JsonNode target, JsonNode document) {
        String version = document.path("apiVersion").textValue();
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        return document.path("kind").textValue().equals(target.path("kind").textValue())
                && (!target.has("group") || target.get("group").textValue().equals(group))
                && document.at("/metadata/name")
                        .textValue()
                        .matches(target.path("name").asText(".*"));
    }

    private static void apply(JsonNode operation, ObjectNode document) {
        JsonPointer path = JsonPointer.compile(operation.get("path").textValue());
        JsonNode parent = document.at(path.head());
        String name = path.last().getMatchingProperty();
        boolean add = operation.get("op").textValue().equals("add");
        require(add || operation.get("op").textValue().equals("replace"), "unknown operation " + operation);
        require(add || !document.at(path).isMissingNode(), "nothing to replace: " + operation);
        if (parent instanceof ArrayNode array) {
            require(name.equals("-"), "only the end of a list: " + operation);
            array.add(operation.get("value"));
        } else {
            require(parent instanceof ObjectNode, "no such place: " + operation);
            ((ObjectNode) parent).set(name, operation.get("value").deepCopy());
        }
    }

    private static List<ObjectNode> documents(Path file) {
        try (MappingIterator<ObjectNode> read = YAML.readerFor(ObjectNode.class).readValues(file.toFile())) {
            return read.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static JsonNode only(Path file) {
        List<ObjectNode> documents = documents(file);
        require(documents.size() == 1, file + ": one document, not " + documents.size());
        return documents.get(0);
    }

    private static JsonNode parse(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
