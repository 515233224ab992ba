package io.godwit.connector.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows as their bytes, for comparison. */
final class ReadRows {
    static final long MAX_ROW_BYTES = 32L << 20;

    private ReadRows() {}

    static List<String> whole(Source source, TableDescription table, @Nullable String where) {
        return split(source, table, where, new Split.Whole(null), null);
    }

    static List<String> split(
            Source source, TableDescription table, @Nullable String where, Split split, @Nullable String snapshot) {
        List<String> rows = new ArrayList<>();
        source.read(
                new ReadRequest(table, table.columns(), where, split, snapshot, MAX_ROW_BYTES, null),
                (bytes, offset, length) -> rows.add(new String(bytes, offset, length, ISO_8859_1)));
        return rows;
    }

    /** The rows of each split. */
    static List<List<String>> each(
            Source source,
            TableDescription table,
            @Nullable String where,
            List<PlannedSplit> splits,
            @Nullable String snapshot) {
        return splits.stream()
                .map(split -> split(source, table, where, split.split(), snapshot))
                .toList();
    }

    static ReadRequest request(TableDescription table, List<Column> columns, long maxRowBytes) {
        return new ReadRequest(table, columns, null, new Split.Whole(null), null, maxRowBytes, null);
    }
}
