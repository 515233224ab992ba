package io.godwit.connector.http;

import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import java.util.ArrayList;
import java.util.List;

/** Descriptions of tables, as a plan pins them. */
final class Tables {
    private Tables() {}

    /** @param columns names and types, by turns */
    static TableDescription declared(TableName name, String... columns) {
        List<Column> all = new ArrayList<>();
        for (int i = 0; i < columns.length; i += 2) {
            all.add(new Column(
                    columns[i],
                    LogicalType.parse(columns[i + 1]),
                    columns[i + 1],
                    true,
                    null,
                    false,
                    null,
                    null,
                    null));
        }
        return new TableDescription(
                name, "resource", all, null, List.of(), List.of(), List.of(), List.of(), List.of(), null, -1, -1);
    }
}
