package io.godwit.connector.http;

import io.godwit.connector.json.JsonField;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the connection names it.
 *
 * @param path below the connection's own, {@code /} between segments: {@code v1/orders}
 * @param declared its columns; null: those of a sample
 */
record Resource(String path, @Nullable List<JsonField> declared) {

    /** The path before the last segment is the table's schema. */
    TableName name(String database) {
        int slash = path.lastIndexOf('/');
        return new TableName(database, slash < 0 ? null : path.substring(0, slash), path.substring(slash + 1));
    }

    /**
     * Reads {@code customers, v1/orders(id int8, "placed at" timestamptz)}. Double quotes take anything literally,
     * {@code ""} being a quote.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static List<Resource> parse(String text) {
        Words words = new Words(text);
        List<Resource> resources = new ArrayList<>();
        do {
            String path = words.name(",(");
            Paths.segments(path);
            resources.add(new Resource(path, words.takes('(') ? columns(words) : null));
        } while (words.takes(','));
        words.requireEnd();
        return List.copyOf(resources);
    }

    private static List<JsonField> columns(Words words) {
        List<JsonField> columns = new ArrayList<>();
        do {
            String name = words.name(" ,()");
            columns.add(new JsonField(name, words.type()));
        } while (words.takes(','));
        if (!words.takes(')')) {
            throw new IllegalArgumentException("a list of columns does not end with )");
        }
        return List.copyOf(columns);
    }
}
