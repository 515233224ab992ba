package io.godwit.core.plan;

import io.godwit.core.table.Column;
import io.godwit.core.table.Index;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Descriptions of tables, written short: {@code "id int8 not null"}. */
final class Tables {
    private Tables() {}

    /** A table of the database {@code shop}, or of the one before a second dot: {@code shop_1.public.orders}. */
    static TableDescription table(String name, String... columns) {
        String[] parts = name.split("\\.", -1);
        TableName full = parts.length == 3
                ? new TableName(parts[0], parts[1], parts[2])
                : new TableName("shop", parts[0], parts[1]);
        return named(full, columns);
    }

    static TableDescription named(TableName name, String... columns) {
        return described(name, "table", null, List.of(), columns);
    }

    static TableDescription keyed(String name, List<String> primaryKey, String... columns) {
        TableDescription plain = table(name, columns);
        return described(plain.name(), "table", new Key("pk", primaryKey), List.of(), columns);
    }

    static TableDescription indexed(String name, List<String> unique, String... columns) {
        TableDescription plain = table(name, columns);
        return described(plain.name(), "table", null, List.of(new Index("u", true, "btree", unique, null)), columns);
    }

    static TableDescription view(String name, String... columns) {
        return described(table(name, columns).name(), "view", null, List.of(), columns);
    }

    private static TableDescription described(
            TableName name, String kind, @Nullable Key key, List<Index> indexes, String... columns) {
        List<Column> described = new ArrayList<>();
        Arrays.stream(columns).map(Tables::column).forEach(described::add);
        return new TableDescription(
                name, kind, described, key, List.of(), indexes, List.of(), List.of(), List.of(), null, -1, -1);
    }

    /**
     * Name and type apart by the last blank before the attributes {@code not null}, {@code default}, {@code generated}.
     */
    private static Column column(String text) {
        boolean required = text.contains(" not null");
        boolean defaulted = text.contains(" default");
        boolean generated = text.contains(" generated");
        String plain = text.replace(" not null", "").replace(" default", "").replace(" generated", "");
        int blank = plain.lastIndexOf(' ');
        LogicalType type = LogicalType.parse(plain.substring(blank + 1));
        return new Column(
                plain.substring(0, blank),
                type,
                type.notation(),
                !required,
                defaulted || generated ? "1" : null,
                generated,
                null,
                null,
                null);
    }
}
