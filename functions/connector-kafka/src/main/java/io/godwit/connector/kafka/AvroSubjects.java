package io.godwit.connector.kafka;

import io.godwit.connector.kafka.avro.AvroColumn;
import io.godwit.connector.kafka.avro.AvroSchemas;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Column;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** The schemas of what a step writes, in the registry. */
final class AvroSubjects {
    private final Registry registry;
    private final KafkaErrors errors;

    AvroSubjects(Registry registry, KafkaErrors errors) {
        this.registry = registry;
        this.errors = errors;
    }

    /** A column that comes unchanged from one that is never NULL is never NULL; all others may be. */
    static List<AvroColumn> columns(TablePlan table) {
        return table.columns().stream()
                .map(column -> new AvroColumn(column.target(), column.wireType(), mayBeNull(table, column)))
                .toList();
    }

    private static boolean mayBeNull(TablePlan table, ColumnPlan column) {
        return !(column.origin() instanceof Origin.SourceColumn source && column.passesThrough())
                || table.definition()
                        .column(source.name())
                        .map(Column::nullable)
                        .orElse(true);
    }

    static Schema schema(String topic, TablePlan table) {
        return AvroSchemas.of(topic, columns(table));
    }

    /** That the registry would take the schemas of these tables, which are by their topics' names. */
    void requireTaken(Map<String, TablePlan> tables) {
        tables.forEach((topic, table) -> {
            table.columns().stream()
                    .map(ColumnPlan::target)
                    .filter(name -> !AvroSchemas.isName(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw errors.error(
                                ErrorCode.NOT_SUPPORTED,
                                "topic " + topic + ": column " + name + " has a name that no field of Avro may have",
                                "Give it another name under columns: letters, digits and _, no digit first.");
                    });
            if (!registry.takes(topic, schema(topic, table).toString())) {
                throw registry.incompatible(topic);
            }
        });
    }

    /**
     * Registers them. Done again, it does nothing.
     *
     * @return their ids, by topic
     */
    Map<String, Integer> register(Map<String, TablePlan> tables) {
        Map<String, Integer> ids = new TreeMap<>();
        tables.forEach((topic, table) ->
                ids.put(topic, registry.register(topic, schema(topic, table).toString())));
        return ids;
    }
}
