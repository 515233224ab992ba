package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.connector.kafka.avro.AvroField;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a record of the ledger's topic says of its step, as JSON; its key is the step's id. */
sealed interface LedgerRecord {
    ObjectMapper JSON = new ObjectMapper();

    /**
     * The step may be written.
     *
     * @param first where the ledger ended before the step's first record: what is below was never its
     * @param question a hash of what was asked
     * @param topics the ids of the step's topics, by name
     * @param schemas by which rows are written into them, of topics of Avro
     */
    record Prepared(
            long first,
            String question,
            List<String> statements,
            List<String> notes,
            Map<String, String> topics,
            Map<String, TopicSchema> schemas)
            implements LedgerRecord {
        @Override
        public ObjectNode json() {
            ObjectNode json = of("prepared").put("first", first).put("question", question);
            put(json, "statements", statements);
            put(json, "notes", notes);
            ObjectNode ids = json.putObject("topics");
            topics.forEach(ids::put);
            if (!schemas.isEmpty()) {
                ObjectNode ofSchemas = json.putObject("avro");
                schemas.forEach((topic, schema) -> {
                    ObjectNode fields =
                            ofSchemas.putObject(topic).put("id", schema.id()).putObject("nullable");
                    schema.fields().forEach(field -> fields.put(field.name(), field.nullable()));
                });
            }
            return json;
        }

        private static TopicSchema schema(JsonNode json) {
            List<AvroField> fields = new ArrayList<>();
            json.path("nullable")
                    .properties()
                    .forEach(field -> fields.add(
                            new AvroField(field.getKey(), field.getValue().asBoolean())));
            return new TopicSchema(json.path("id").asInt(), fields);
        }
    }

    /** The step has ended well. */
    record Published(List<String> statements, List<String> notes) implements LedgerRecord {
        @Override
        public ObjectNode json() {
            ObjectNode json = of("published");
            put(json, "statements", statements);
            put(json, "notes", notes);
            return json;
        }
    }

    /** The step has ended; where it was not cancelled, it may be opened again. */
    record Closed(boolean cancelled) implements LedgerRecord {
        @Override
        public ObjectNode json() {
            return of("closed").put("cancelled", cancelled);
        }
    }

    /** A failed step may be written again. */
    record Reopened() implements LedgerRecord {
        @Override
        public ObjectNode json() {
            return of("reopened");
        }
    }

    /**
     * The subtask's rows were committed with this record.
     *
     * @param kept where its refused rows lie, which were committed with it, too; null: none were refused
     */
    record Written(LedgerRow row, @Nullable KeptRange kept) implements LedgerRecord {
        @Override
        public ObjectNode json() {
            ObjectNode json = of("written")
                    .put("subtask", row.subtask().value())
                    .put("attempt", Objects.requireNonNull(row.attempt()).value());
            put(json, row.written());
            if (kept != null) {
                ObjectNode quarantined = json.putObject("quarantined");
                put(quarantined, row.quarantined());
                quarantined
                        .put("topic", kept.topic())
                        .put("first", kept.first())
                        .put("end", kept.end());
            }
            return json;
        }

        private static Written parsed(JsonNode json) {
            JsonNode quarantined = json.path("quarantined");
            LedgerRow row = new LedgerRow(
                    new SubtaskId(json.path("subtask").asText()),
                    new AttemptId(json.path("attempt").asText()),
                    tally(json),
                    tally(quarantined));
            KeptRange kept = new KeptRange(
                    quarantined.path("topic").asText(),
                    quarantined.path("first").asLong(),
                    quarantined.path("end").asLong());
            return new Written(row, quarantined.isObject() ? kept : null);
        }

        private static void put(ObjectNode json, Tally tally) {
            json.put("rows", tally.rows())
                    .put("bytes", tally.bytes())
                    .put("digest", tally.digest().sum());
        }

        private static Tally tally(JsonNode json) {
            return new Tally(
                    json.path("rows").asLong(),
                    json.path("bytes").asLong(),
                    new Digest(json.path("digest").asLong()));
        }
    }

    /**
     * Refused rows of a step, whose record this is, were written after all, or are kept anew.
     *
     * @param by the subtask of another step in whose transaction that was
     */
    record Replayed(SubtaskId by, KeptRows rows) implements LedgerRecord {
        @Override
        public ObjectNode json() {
            ObjectNode json = of("replayed")
                    .put("by", by.value())
                    .put("subtask", rows.of().value());
            ArrayNode list = json.putArray("rows");
            rows.rows().forEach(list::add);
            return json;
        }

        private static Replayed parsed(JsonNode json) {
            List<Long> rows = new ArrayList<>();
            json.path("rows").forEach(row -> rows.add(row.asLong()));
            return new Replayed(
                    new SubtaskId(json.path("by").asText()),
                    new KeptRows(new SubtaskId(json.path("subtask").asText()), rows));
        }
    }

    /** Those of them that are not written shall never be. */
    record Voided(List<String> subtasks) implements LedgerRecord {
        @Override
        public ObjectNode json() {
            ObjectNode json = of("voided");
            put(json, "subtasks", subtasks);
            return json;
        }
    }

    /** The voids of these are taken back. */
    record Unvoided(List<String> subtasks) implements LedgerRecord {
        @Override
        public ObjectNode json() {
            ObjectNode json = of("unvoided");
            put(json, "subtasks", subtasks);
            return json;
        }
    }

    ObjectNode json();

    /** Whether nobody may write the subtask any more who has not seen this. */
    default boolean forbids(SubtaskId subtask) {
        if (this instanceof Written written) {
            return written.row().subtask().equals(subtask);
        }
        if (this instanceof Voided voided) {
            return voided.subtasks().contains(subtask.value());
        }
        return this instanceof Closed || this instanceof Published;
    }

    /** Whether one of these rows is open no more. */
    default boolean takes(KeptRows rows) {
        return this instanceof Replayed replayed
                && replayed.rows().of().equals(rows.of())
                && !Collections.disjoint(replayed.rows().rows(), rows.rows());
    }

    default byte[] bytes() {
        return json().toString().getBytes(UTF_8);
    }

    /** @throws IOException where it is none, or of a version that is not ours */
    static LedgerRecord parse(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        if (json.path("version").asInt() != 1) {
            throw new IOException("a record of version " + json.path("version"));
        }
        return switch (json.path("kind").asText()) {
            case "prepared" ->
                new Prepared(
                        json.path("first").asLong(),
                        json.path("question").asText(),
                        texts(json, "statements"),
                        texts(json, "notes"),
                        map(json.path("topics"), JsonNode::asText),
                        map(json.path("avro"), Prepared::schema));
            case "published" -> new Published(texts(json, "statements"), texts(json, "notes"));
            case "closed" -> new Closed(json.path("cancelled").asBoolean());
            case "reopened" -> new Reopened();
            case "written" -> Written.parsed(json);
            case "replayed" -> Replayed.parsed(json);
            case "voided" -> new Voided(texts(json, "subtasks"));
            case "unvoided" -> new Unvoided(texts(json, "subtasks"));
            default -> throw new IOException("a record of kind " + json.path("kind"));
        };
    }

    private static ObjectNode of(String kind) {
        return JSON.createObjectNode().put("version", 1).put("kind", kind);
    }

    private static void put(ObjectNode json, String name, Collection<String> texts) {
        ArrayNode list = json.putArray(name);
        texts.forEach(list::add);
    }

    private static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static <T> Map<String, T> map(JsonNode json, Function<JsonNode, T> value) {
        Map<String, T> map = new TreeMap<>();
        json.properties().forEach(entry -> map.put(entry.getKey(), value.apply(entry.getValue())));
        return map;
    }
}
