package io.godwit.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas and records say the same: what one of them refuses, the other refuses too. */
class EventSchemaTest {
    private static final Path FOLDER = Path.of("..", "..", "schemas", "event");
    private static final String BASE = "https://godwit.io/schemas/event/";

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(EventSchemaTest::fileOf));

    static Stream<Event> events() {
        return EventSamples.all();
    }

    @Test
    void everyTypeHasItsSchemaAndNoSchemaIsLeftOver() throws IOException {
        List<String> types = new ArrayList<>(List.of("common"));
        Arrays.stream(Event.Type.values()).map(Event.Type::text).forEach(types::add);
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            types.stream().map(type -> type + ".json").toList());
        }
    }

    @Test
    void samplesAreOfEveryType() {
        assertThat(events().map(Event::type)).contains(Event.Type.values());
    }

    @ParameterizedTest
    @MethodSource("events")
    void sampleIsOfItsSchema(Event event) {
        assertThat(errors(event.type(), json(event))).isEmpty();
        assertThat(decoded(event.type(), json(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void unknownFieldIsRefusedAtEveryDepth(Event event) {
        everyObject(json(event), "", new ArrayList<>()).forEach(path -> {
            JsonNode altered = json(event);
            if (!path.endsWith("parameters")) {
                ((ObjectNode) altered.at(path)).put("bogus", 1);
                assertRefused(event.type(), altered, path + "/bogus");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("events")
    void missingFieldIsRefusedUnlessTheRecordMayLackIt(Event event) {
        for (String path : everyObject(json(event), "", new ArrayList<>())) {
            for (Map.Entry<String, JsonNode> field : json(event).at(path).properties()) {
                JsonNode altered = json(event);
                ((ObjectNode) altered.at(path)).remove(field.getKey());
                boolean bySchema = !errors(event.type(), altered).isEmpty();
                boolean byRecord = refusesToDecode(event.type(), altered);
                assertThat(byRecord)
                        .as(event.type() + path + "/" + field.getKey())
                        .isEqualTo(bySchema);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void valueOfAnotherTypeIsRefused(Event event) {
        for (String path : everyObject(json(event), "", new ArrayList<>())) {
            for (Map.Entry<String, JsonNode> field : json(event).at(path).properties()) {
                JsonNode altered = json(event);
                ((ObjectNode) altered.at(path))
                        .set(field.getKey(), Json.mapper().createArrayNode().add(true));
                assertRefused(event.type(), altered, path + "/" + field.getKey());
            }
        }
    }

    private static void assertRefused(Event.Type type, JsonNode data, String what) {
        assertThat(errors(type, data))
                .as("the schema of %s accepts %s", type, what)
                .isNotEmpty();
        assertThatThrownBy(() -> decoded(type, data))
                .as("the record of %s accepts %s", type, what)
                .asInstanceOf(InstanceOfAssertFactories.type(GodwitException.class))
                .extracting(GodwitException::code)
                .isEqualTo(ErrorCode.EVENT_MALFORMED);
    }

    private static boolean refusesToDecode(Event.Type type, JsonNode data) {
        try {
            decoded(type, data);
            return false;
        } catch (GodwitException refused) {
            return true;
        }
    }

    private static Event decoded(Event.Type type, JsonNode data) {
        Map<String, String> attributes =
                Map.of("specversion", "1.0", "type", type.text(), "source", "/godwit/cli", "id", "1");
        return CloudEventCodec.decode(attributes::get, data).event();
    }

    private static List<Error> errors(Event.Type type, JsonNode data) {
        Schema schema = SCHEMAS.getSchema(SchemaLocation.of(BASE + type.text() + ".json"));
        return schema.validate(data);
    }

    private static JsonNode json(Event event) {
        try {
            return Json.mapper().readTree(Json.bytes(event));
        } catch (IOException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private static String fileOf(String id) {
        try {
            return Files.readString(FOLDER.resolve(id.substring(BASE.length())));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Pointers of all objects, the outermost first. */
    private static List<String> everyObject(JsonNode node, String path, List<String> found) {
        Consumer<Map.Entry<String, JsonNode>> descend =
                child -> everyObject(child.getValue(), path + "/" + child.getKey(), found);
        if (node instanceof ObjectNode) {
            found.add(path);
            node.properties().forEach(descend);
        } else if (node instanceof ArrayNode) {
            for (int i = 0; i < node.size(); i++) {
                descend.accept(Map.entry(Integer.toString(i), node.get(i)));
            }
        }
        return found;
    }
}
