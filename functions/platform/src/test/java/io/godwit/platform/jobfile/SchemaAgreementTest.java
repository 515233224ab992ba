package io.godwit.platform.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds our reading of the published schemas against a full implementation of JSON Schema: on the examples, and on each
 * of them with any one value replaced, any one key renamed, and any one key or element taken out.
 */
class SchemaAgreementTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<JsonNode> REPLACEMENTS = List.of(
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.numberNode(0),
            JSON.numberNode(-1),
            JSON.numberNode(70_000),
            JSON.numberNode(2.5),
            JSON.numberNode(5_000_000_000_000_000L),
            JSON.textNode(""),
            JSON.textNode("word"),
            JSON.textNode("Two Words"),
            JSON.textNode("64MiB"),
            JSON.textNode("a@b?c#d/e"),
            JSON.textNode("x".repeat(2000)),
            JSON.textNode("\ud83e\udda4".repeat(100)),
            JSON.arrayNode(),
            JSON.arrayNode().add("word"),
            JSON.arrayNode().add(1).addObject(),
            JSON.objectNode(),
            JSON.objectNode().put("word", 1));

    @ParameterizedTest
    @ValueSource(strings = {"job", "connection"})
    void bothFindTheSameDocumentsRight(String name) throws IOException {
        com.networknt.schema.Schema standard = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../../schemas/" + name + "/" + name + ".json")));
        Schema ours = Schema.load(name);
        int right = 0;
        int wrong = 0;
        for (JsonNode document : variants(name)) {
            boolean good = standard.validate(document).isEmpty();
            assertThat(check(ours, document)).as(() -> "good: " + document).isEqualTo(good);
            right += good ? 1 : 0;
            wrong += good ? 0 : 1;
        }
        assertThat(right).isGreaterThan(50);
        assertThat(wrong).isGreaterThan(300);
    }

    private static boolean check(Schema schema, JsonNode document) {
        Problems problems = new Problems("f");
        Tree tree = YamlReader.read("f", Json.text(document), problems).get(0);
        schema.check(Cursor.of(tree), problems);
        return problems.isEmpty();
    }

    private static List<JsonNode> variants(String name) throws IOException {
        List<JsonNode> variants = new ArrayList<>();
        for (Path example : JobFileExamplesTest.examples().toList()) {
            for (Tree tree : YamlReader.read("f", Files.readString(example), new Problems("f"))) {
                JsonNode document = json(tree);
                if (document.path("kind").asText().equalsIgnoreCase(name)) {
                    variants.add(document);
                    if (example.endsWith("every-key.yaml")) {
                        vary(document, variant -> variants.add(document.deepCopy()));
                    }
                }
            }
        }
        return variants;
    }

    /** Changes the node in one place, shows it, and changes it back; once for every place and change. */
    private static void vary(JsonNode node, Consumer<JsonNode> show) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field :
                    List.copyOf(object.deepCopy().properties())) {
                String key = field.getKey();
                JsonNode value = object.get(key);
                for (JsonNode replacement : REPLACEMENTS) {
                    object.set(key, replacement);
                    show.accept(node);
                }
                object.remove(key);
                show.accept(node);
                for (String other : new String[] {key + "x", "transform", "planTime"}) {
                    if (!object.has(other)) {
                        object.set(other, value);
                        show.accept(node);
                        object.remove(other);
                    }
                }
                object.set(key, value);
                vary(value, show);
            }
        } else if (node instanceof ArrayNode array) {
            for (int at = 0; at < array.size(); at++) {
                JsonNode value = array.get(at);
                for (JsonNode replacement : REPLACEMENTS) {
                    array.set(at, replacement);
                    show.accept(node);
                }
                array.remove(at);
                show.accept(node);
                array.insert(at, value);
                vary(value, show);
            }
        }
    }

    private static JsonNode json(Tree tree) {
        if (tree instanceof Tree.Fields fields) {
            ObjectNode object = JSON.objectNode();
            fields.fields().forEach((key, field) -> object.set(key, json(field.value())));
            return object;
        }
        if (tree instanceof Tree.Items items) {
            ArrayNode array = JSON.arrayNode();
            items.items().forEach(item -> array.add(json(item)));
            return array;
        }
        Tree.Scalar scalar = (Tree.Scalar) tree;
        return switch (scalar.kind()) {
            case TEXT -> JSON.textNode(scalar.text());
            case INTEGER -> JSON.numberNode(Long.parseLong(scalar.text()));
            case NUMBER -> JSON.numberNode(Double.parseDouble(scalar.text()));
            case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
            case NOTHING -> JSON.nullNode();
        };
    }
}
