package io.godwit.connector.opensearch;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Key;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.util.List;
import java.util.stream.Collectors;

/** Names rows by the key that their source has, where all of it is copied: an index has none. */
final class RowKey {
    private final List<ColumnPlan> columns;
    private final List<Integer> places;
    private final TupleFields fields;

    RowKey(TablePlan plan) {
        Key key = plan.definition().primaryKey();
        List<String> copied = plan.columns().stream()
                .map(column -> column.origin() instanceof SourceColumn source ? source.name() : "")
                .toList();
        this.columns = plan.columns();
        this.places = key == null || !copied.containsAll(key.columns())
                ? List.of()
                : key.columns().stream().map(copied::indexOf).toList();
        this.fields = new TupleFields(columns.size());
    }

    /**
     * {@code (id)=(77)}; without a key, its place.
     *
     * @param place of the row in its subtask, from 0
     */
    String of(byte[] row, long place) {
        if (places.isEmpty()) {
            return "row " + place + " of its subtask";
        }
        fields.of(row, 0, row.length);
        return places.stream().map(column -> columns.get(column).target()).collect(Collectors.joining(", ", "(", ")"))
                + "="
                + places.stream().map(this::value).collect(Collectors.joining(", ", "(", ")"));
    }

    private String value(int column) {
        if (fields.isNull(column)) {
            return "NULL";
        }
        Codec<Object> codec = Codecs.of(columns.get(column).wireType());
        return codec.format(codec.decode(fields.bytes(), fields.offset(column), fields.length(column)));
    }
}
