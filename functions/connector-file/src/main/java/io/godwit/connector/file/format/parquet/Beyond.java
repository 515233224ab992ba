package io.godwit.connector.file.format.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.connector.file.format.FileColumn;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values that their column's type has no place for, though the logical type has: infinite dates and moments, NaN among
 * decimals, moments after the year 294246, 24:00. The column is NULL there, and one more column of the file, which is
 * there only if it is needed, has a JSON object of the values' texts by column. So none becomes another value, and
 * whoever does not know the column sees that there is one.
 */
final class Beyond {
    private static final String NAME = "_beyond";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Beyond() {}

    /** A name that none of the columns has. */
    static String name(List<FileColumn> columns) {
        String name = NAME;
        while (isTaken(name, columns)) {
            name = "_" + name;
        }
        return name;
    }

    private static boolean isTaken(String name, List<FileColumn> columns) {
        return columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
    }

    static ObjectNode with(@Nullable ObjectNode others, String column, String text) {
        return (others == null ? JSON.createObjectNode() : others).put(column, text);
    }

    static JsonNode read(String json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IOException("no JSON in the column of values that others have no place for", e);
        }
    }
}
