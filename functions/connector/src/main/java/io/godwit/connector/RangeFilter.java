package io.godwit.connector;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.TupleFields;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codecs;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a row lies in a key range of the source: keys of whole numbers, which compare alike everywhere. */
public final class RangeFilter {
    private final int columns;
    private final int[] places;
    private final byte @Nullable [][] from;
    private final byte @Nullable [][] to;

    private RangeFilter(int columns, int[] places, byte @Nullable [][] from, byte @Nullable [][] to) {
        this.columns = columns;
        this.places = places;
        this.from = from;
        this.to = to;
    }

    /** Of all rows, where the split is no key range. */
    public static RangeFilter of(TablePlan table, @Nullable Split split) {
        if (!(split instanceof Split.KeyRange range)) {
            return new RangeFilter(0, new int[0], null, null);
        }
        int[] places =
                range.columns().stream().mapToInt(name -> place(table, name)).toArray();
        List<LogicalType> types = Arrays.stream(places)
                .mapToObj(place -> table.columns().get(place).wireType())
                .toList();
        return new RangeFilter(table.columns().size(), places, bytes(types, range.from()), bytes(types, range.to()));
    }

    private static int place(TablePlan table, String source) {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnPlan column = table.columns().get(i);
            if (column.origin() instanceof Origin.SourceColumn from
                    && from.name().equals(source)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column of the target comes from " + source);
    }

    private static byte @Nullable [][] bytes(List<LogicalType> types, @Nullable List<String> values) {
        if (values == null) {
            return null;
        }
        byte[][] bytes = new byte[types.size()][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Codecs.of(types.get(i)).encode(Codecs.of(types.get(i)).parse(values.get(i)));
        }
        return bytes;
    }

    public boolean takes(byte[] tuple, int length) {
        if (places.length == 0) {
            return true;
        }
        TupleFields fields = new TupleFields(columns);
        fields.of(tuple, 0, length);
        return (from == null || compare(fields, from) >= 0) && (to == null || compare(fields, to) < 0);
    }

    private int compare(TupleFields fields, byte[][] bound) {
        for (int i = 0; i < places.length; i++) {
            byte[] value = fields.copy(places[i]);
            int order = value.length > 0 && (value[0] < 0) != (bound[i][0] < 0)
                    ? Byte.compare(value[0], bound[i][0])
                    : Arrays.compareUnsigned(value, bound[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
