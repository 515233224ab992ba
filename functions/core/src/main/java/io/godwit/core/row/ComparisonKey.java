package io.godwit.core.row;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.Digest;
import io.godwit.core.table.Key;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What tells rows apart when two sides are compared: the plan's key; else the source's primary key, where all of it is
 * mapped; else the whole row. Both sides of one target must be compared under the same columns.
 */
final class ComparisonKey {
    static final int MOST_BUCKETS = 1 << 20;

    private final int buckets;
    private final int[] columns;
    private final List<LogicalType> types = new ArrayList<>();
    private final TupleFields fields;

    ComparisonKey(TablePlan plan, int buckets) {
        if (buckets < 1 || buckets > MOST_BUCKETS) {
            throw new IllegalArgumentException(buckets + " buckets");
        }
        this.buckets = buckets;
        this.fields = new TupleFields(plan.columns().size());
        this.columns = columnsOf(plan);
        for (int column : columns) {
            types.add(plan.columns().get(column).wireType());
        }
    }

    int bucketOf(byte[] tuple, int offset, int length) {
        if (buckets == 1) {
            return 0;
        }
        if (columns.length == 0) {
            return (int) Long.remainderUnsigned(RowHash.of(tuple, offset, length), buckets);
        }
        fields.of(tuple, offset, offset + length);
        long hash = 0;
        for (int column : columns) {
            long field = fields.isNull(column)
                    ? 1
                    : RowHash.of(fields.bytes(), fields.offset(column), fields.length(column));
            hash = hash * 31 + field;
        }
        return (int) Long.remainderUnsigned(hash, buckets);
    }

    /**
     * The key as PostgreSQL would print it, columns parted by commas; the row's hash where the whole row is the key.
     */
    String textOf(byte[] tuple, int offset, int length) {
        if (columns.length == 0) {
            return "row " + new Digest(RowHash.of(tuple, offset, length));
        }
        fields.of(tuple, offset, offset + length);
        StringBuilder text = new StringBuilder();
        for (int part = 0; part < columns.length; part++) {
            int column = columns[part];
            text.append(part == 0 ? "" : ", ");
            text.append(
                    fields.isNull(column)
                            ? "NULL"
                            : format(types.get(part), fields.offset(column), fields.length(column)));
        }
        return text.toString();
    }

    private String format(LogicalType type, int offset, int length) {
        var codec = Codecs.of(type);
        return codec.format(codec.decode(fields.bytes(), offset, length));
    }

    private static int[] columnsOf(TablePlan plan) {
        List<String> targets = plan.columns().stream().map(ColumnPlan::target).toList();
        Key primary = plan.definition().primaryKey();
        IntStream places = IntStream.empty();
        if (!plan.key().isEmpty()) {
            places = plan.key().stream().mapToInt(targets::indexOf);
        } else if (primary != null) {
            places = primary.columns().stream().mapToInt(name -> placeOf(plan, name));
        }
        int[] all = places.toArray();
        return IntStream.of(all).allMatch(place -> place >= 0) ? all : new int[0];
    }

    private static int placeOf(TablePlan plan, String source) {
        for (int place = 0; place < plan.columns().size(); place++) {
            if (plan.columns().get(place).origin() instanceof Origin.SourceColumn column
                    && column.name().equals(source)) {
                return place;
            }
        }
        return -1;
    }
}
