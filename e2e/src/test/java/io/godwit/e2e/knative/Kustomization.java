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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Renders a folder as {@code kustomize build} does, of which it knows what ours use, in kustomize's order: resources,
 * components over them, then JSON patches by kind, group and name, namespace, name suffix, labels and images. Anything
 * else is refused; so is, where kustomize is lenient, a patch that finds nothing.
 */
final class Kustomization {
    private static final Set<String> KNOWN = Set.of(
            "apiVersion", "kind", "namespace", "nameSuffix", "labels", "resources", "components", "patches", "images");
    private static final Set<String> CLUSTER_WIDE = Set.of("Namespace");

    /** Kustomize knows no field that names one of these: a suffix changes their own names, and nothing else. */
    private static final Set<String> NAMED_NOWHERE =
            Set.of("serving.knative.dev/Service", "eventing.knative.dev/Trigger");

    /** Refuses keys that stand twice. */
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private Kustomization() {}

    /** The documents, in their order. */
    static List<ObjectNode> render(Path folder) {
        List<ObjectNode> documents = new ArrayList<>();
        accumulate(folder, "Kustomization", documents);
        return documents;
    }

    /**
     * Adds the folder's resources to the documents, and changes all of them as it says: a component the caller's too.
     */
    private static void accumulate(Path folder, String kind, List<ObjectNode> documents) {
        JsonNode file = only(folder.resolve("kustomization.yaml"));
        require(file.path("kind").asText().equals(kind), folder + ": not a " + kind);
        file.fieldNames().forEachRemaining(key -> require(KNOWN.contains(key), folder + ": unknown key " + key));
        for (JsonNode resource : file.path("resources")) {
            Path path = folder.resolve(resource.textValue()).normalize();
            documents.addAll(Files.isDirectory(path) ? render(path) : documents(path));
        }
        for (JsonNode component : file.path("components")) {
            accumulate(folder.resolve(component.textValue()).normalize(), "Component", documents);
        }
        Set<String> ids = new HashSet<>();
        documents.forEach(document -> require(ids.add(id(document)), folder + ": twice: " + id(document)));
        file.path("patches").forEach(patch -> patch(folder, patch, documents));
        for (ObjectNode document : documents) {
            transform(file, document);
        }
    }

    private static void patch(Path folder, JsonNode patch, List<ObjectNode> documents) {
        List<ObjectNode> targets = documents.stream()
                .filter(document -> fits(patch.get("target"), document))
                .toList();
        require(!targets.isEmpty(), folder + ": no document for the patch of " + patch.get("target"));
        JsonNode operations = patch.has("path")
                ? parse(folder.resolve(patch.get("path").textValue()))
                : parse(patch.get("patch").textValue());
        for (JsonNode operation : operations) {
            targets.forEach(document -> apply(operation, document));
        }
    }

    private static void transform(JsonNode file, ObjectNode document) {
        if (file.has("namespace")
                && !CLUSTER_WIDE.contains(document.path("kind").textValue())) {
            document.withObject("/metadata").set("namespace", file.get("namespace"));
        }
        if (file.has("nameSuffix")) {
            String kind = group(document) + "/" + document.path("kind").textValue();
            require(NAMED_NOWHERE.contains(kind), "who names a " + kind + " would have to be renamed with it");
            document.withObject("/metadata")
                    .put(
                            "name",
                            document.at("/metadata/name").textValue()
                                    + file.get("nameSuffix").textValue());
        }
        for (JsonNode labels : file.path("labels")) {
            require(labels.size() == 1 && labels.has("pairs"), "labels in metadata only: " + labels);
            document.withObject("/metadata/labels").setAll((ObjectNode) labels.get("pairs"));
        }
        for (JsonNode image : file.path("images")) {
            document.findParents("image").forEach(container -> rename((ObjectNode) container, image));
        }
    }

    private static void rename(ObjectNode container, JsonNode image) {
        if (container.get("image").textValue().equals(image.get("name").textValue())) {
            container.put(
                    "image",
                    image.get("newName").textValue() + ":" + image.get("newTag").asText());
        }
    }

    private static boolean fits(JsonNode target, JsonNode document) {
        return document.path("kind").textValue().equals(target.path("kind").textValue())
                && (!target.has("group") || target.get("group").textValue().equals(group(document)))
                && document.at("/metadata/name")
                        .textValue()
                        .matches(target.path("name").asText(".*"));
    }

    private static String group(JsonNode document) {
        String version = document.path("apiVersion").textValue();
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    private static String id(JsonNode document) {
        return group(document) + "/" + document.path("kind").textValue() + " "
                + document.at("/metadata/namespace").asText() + "/"
                + document.at("/metadata/name").textValue();
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
            array.add(operation.get("value").deepCopy());
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

    private static JsonNode parse(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
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
