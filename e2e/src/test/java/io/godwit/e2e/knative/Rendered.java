package io.godwit.e2e.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an overlay renders to, and what its parts say of one another. */
record Rendered(List<ObjectNode> documents) {
    static Rendered of(Path overlay) {
        return new Rendered(Kustomization.render(overlay));
    }

    List<ObjectNode> kind(String kind) {
        return documents.stream()
                .filter(document -> document.path("kind").textValue().equals(kind))
                .toList();
    }

    ObjectNode only(String kind, String name) {
        List<ObjectNode> found = kind(kind).stream()
                .filter(document -> name(document).equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind + " " + name);
        }
        return found.get(0);
    }

    /** What every function has in its environment. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        only("ConfigMap", "godwit-settings")
                .path("data")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().textValue()));
        return settings;
    }

    /** The pools that the settings tell the planner of. */
    List<String> pools() {
        return settings().keySet().stream()
                .filter(name -> name.matches("GODWIT_POOLS_[A-Z0-9]+_READER_URL"))
                .map(name -> name.split("_", -1)[2].toLowerCase(Locale.ROOT))
                .toList();
    }

    /** A pool's setting, as it is in the environment. */
    String ofPool(String pool, String setting) {
        String name = "GODWIT_POOLS_" + pool.toUpperCase(Locale.ROOT) + "_" + setting;
        String value = settings().get(name);
        if (value == null) {
            throw new AssertionError(name + " is missing");
        }
        return value;
    }

    /** The Knative Service that the planner asks for a pool's reader or writer. */
    String serviceOf(String pool, String function) {
        String host = URI.create(ofPool(pool, function.toUpperCase(Locale.ROOT) + "_URL"))
                .getHost();
        return host.substring(0, host.indexOf('.'));
    }

    /** Which function's image a Service runs. */
    String functionOf(String service) {
        String image = container(only("Service", service)).path("image").textValue();
        return image.substring(image.lastIndexOf('/') + 1).split(":", 2)[0];
    }

    static JsonNode container(JsonNode workload) {
        JsonNode containers = workload.at("/spec/template/spec/containers");
        if (containers.size() != 1) {
            throw new AssertionError(name(workload) + " has " + containers.size() + " containers");
        }
        return containers.get(0);
    }

    static String name(JsonNode document) {
        return document.at("/metadata/name").textValue();
    }
}
