package io.godwit.connector.kafka;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.kafka.avro.AvroColumn;
import io.godwit.connector.kafka.avro.AvroSchemas;
import io.godwit.connector.kafka.avro.UnfitAvroException;
import io.godwit.core.error.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** The schemas of what a step writes, in the registry: one for each topic, however many tables go into it. */
final class AvroSubjects {
    private final Registry registry;
    private final KafkaErrors errors;

    AvroSubjects(Registry registry, KafkaErrors errors) {
        this.registry = registry;
        this.errors = errors;
    }

    /** @param text as the registry has it, where it does: another text is another schema to it */
    private record Chosen(Schema schema, String text) {}

    /** That the registry would take the schemas of these topics. */
    void requireTaken(Collection<TopicPlans> topics) {
        topics.forEach(topic -> {
            topic.fields().stream()
                    .map(JsonField::name)
                    .filter(name -> !AvroSchemas.isName(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw errors.error(
                                ErrorCode.NOT_SUPPORTED,
                                "topic " + topic.topic() + ": column " + name
                                        + " has a name that no field of Avro may have",
                                "Give it another name under columns: letters, digits and _, no digit first.");
                    });
            Chosen chosen = chosen(topic);
            registry.refusal(topic.topic(), chosen.text()).ifPresent(reason -> {
                throw registry.incompatible(topic.topic(), differences(topic.topic(), chosen.schema()), reason);
            });
        });
    }

    /**
     * Registers them. Done again, it does nothing.
     *
     * @return by topic
     */
    Map<String, TopicSchema> register(Collection<TopicPlans> topics) {
        Map<String, TopicSchema> schemas = new TreeMap<>();
        topics.forEach(topic -> {
            Chosen chosen = chosen(topic);
            int id = registry.register(topic.topic(), chosen.text());
            schemas.put(topic.topic(), new TopicSchema(id, AvroSchemas.fields(chosen.schema())));
        });
        return schemas;
    }

    /**
     * The subject's latest schema where it takes these rows. A step with some of the tables, as a replay is, would else
     * make a version of its own, in another order or with fewer NULLs, which the subject may not bear.
     */
    private Chosen chosen(TopicPlans topic) {
        List<AvroColumn> columns = topic.columns();
        return registry.latestPlain(topic.topic())
                .flatMap(AvroSubjects::parsed)
                .filter(latest -> AvroSchemas.takes(latest.schema(), columns))
                .orElseGet(() -> {
                    Schema own = AvroSchemas.of(topic.topic(), columns);
                    return new Chosen(own, own.toString());
                });
    }

    private List<String> differences(String topic, Schema own) {
        return registry.latestPlain(topic)
                .flatMap(AvroSubjects::parsed)
                .map(latest -> AvroSchemas.differences(latest.schema(), own))
                .orElse(List.of());
    }

    private static Optional<Chosen> parsed(String text) {
        try {
            return Optional.of(new Chosen(AvroSchemas.parse(text), text));
        } catch (UnfitAvroException e) {
            return Optional.empty(); // of others: whether ours may come after it, the registry says
        }
    }
}
