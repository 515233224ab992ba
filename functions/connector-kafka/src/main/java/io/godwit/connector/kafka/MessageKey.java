package io.godwit.connector.kafka;

import io.godwit.connector.json.JsonField;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Key;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which of a table's columns make the key of its messages. */
final class MessageKey {
    /** Characters of a column that a key's text shows. */
    private static final int MOST_SHOWN = 200;

    private final List<JsonField> fields;
    private final int[] columns;

    /** @param wanted the connection's columns for keys; those that a table lacks make no key */
    MessageKey(TablePlan plan, List<String> wanted) {
        List<JsonField> all = KafkaPreparation.fields(plan);
        List<String> names = all.stream().map(JsonField::name).toList();
        List<String> key = wanted.isEmpty() ? ofSource(plan) : wanted;
        this.columns =
                names.containsAll(key) ? key.stream().mapToInt(names::indexOf).toArray() : new int[0];
        this.fields = IntStream.of(columns).mapToObj(all::get).toList();
    }

    /** The source's primary key by the target's names; empty where a column of it does not come along unchanged. */
    private static List<String> ofSource(TablePlan plan) {
        Key key = plan.definition().primaryKey();
        if (key == null) {
            return List.of();
        }
        Map<String, String> targets = plan.columns().stream()
                .filter(column -> column.origin() instanceof Origin.SourceColumn)
                .collect(Collectors.toMap(
                        column -> ((Origin.SourceColumn) column.origin()).name(),
                        ColumnPlan::target,
                        (first, second) -> first));
        return targets.keySet().containsAll(key.columns())
                ? key.columns().stream()
                        .map(name -> targets.getOrDefault(name, name))
                        .toList()
                : List.of();
    }

    /** Whether messages have no key: they are spread over partitions. */
    boolean isNone() {
        return columns.length == 0;
    }

    List<JsonField> fields() {
        return fields;
    }

    /** By their places in a row. */
    int[] columns() {
        return columns.clone();
    }

    boolean hasNull(TupleFields row) {
        return IntStream.of(columns).anyMatch(row::isNull);
    }

    /** Names a row for people: {@code (id)=(5)}. */
    String text(TupleFields row) {
        if (isNone()) {
            return "no key";
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            Codec<Object> codec = Codecs.of(fields.get(i).type());
            String text = row.isNull(columns[i]) ? "NULL" : codec.format(codec.decode(row.copy(columns[i])));
            values.add(text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) : text);
        }
        return names() + "=(" + String.join(", ", values) + ")";
    }

    /** Its columns, for people: {@code (region, id)}. */
    String names() {
        return fields.stream().map(JsonField::name).collect(Collectors.joining(", ", "(", ")"));
    }
}
