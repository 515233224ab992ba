package io.godwit.connector.kafka;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.kafka.avro.AvroColumn;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Column;
import io.godwit.core.type.LogicalType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table plans of a step that go into one topic: several where its tables are shards, or where it replays rows of
 * several kinds. What holds for the topic holds for all of them, in whatever order each has its columns.
 */
record TopicPlans(String topic, List<TablePlan> plans) {
    TopicPlans {
        plans = List.copyOf(plans);
    }

    /** The columns of all, in the order in which the plans come and have them. */
    List<JsonField> fields() {
        return types().entrySet().stream()
                .map(column -> new JsonField(column.getKey(), column.getValue()))
                .toList();
    }

    private Map<String, LogicalType> types() {
        Map<String, LogicalType> types = new LinkedHashMap<>();
        plans.forEach(plan -> plan.columns().forEach(column -> types.putIfAbsent(column.target(), column.wireType())));
        return types;
    }

    /** A column that two plans have as other types, and these, for people. */
    Optional<String> conflict() {
        Map<String, LogicalType> types = types();
        return plans.stream()
                .flatMap(plan -> plan.columns().stream())
                .filter(column -> !column.wireType().equals(types.get(column.target())))
                .findFirst()
                .map(column -> column.target() + " is "
                        + types.getOrDefault(column.target(), column.wireType()).notation() + " and "
                        + column.wireType().notation());
    }

    /** The same columns for Avro: a column may be NULL where it may be by one of the plans. */
    List<AvroColumn> columns() {
        return fields().stream()
                .map(field -> new AvroColumn(
                        field.name(), field.type(), plans.stream().anyMatch(plan -> mayBeNull(plan, field.name()))))
                .toList();
    }

    /** A column that comes unchanged from one that is never NULL is never NULL; all others may be. */
    private static boolean mayBeNull(TablePlan plan, String target) {
        return plan.columns().stream()
                .filter(column -> column.target().equals(target))
                .findFirst()
                .map(column -> mayBeNull(plan, column))
                .orElse(true);
    }

    private static boolean mayBeNull(TablePlan plan, ColumnPlan column) {
        return !(column.origin() instanceof Origin.SourceColumn source && column.passesThrough())
                || plan.definition().column(source.name()).map(Column::nullable).orElse(true);
    }
}
