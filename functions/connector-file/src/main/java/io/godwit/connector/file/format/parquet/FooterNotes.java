package io.godwit.connector.file.format.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.TypeWord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.KeyValue;

/**
 * What Godwit notes in the footer of a file that it writes, under {@link #KEY}: the columns' types, which say more than
 * Parquet's do.
 *
 * @param columns in the order of the file's
 * @param beyond the column that {@link Beyond} describes; empty: the file has none
 */
record FooterNotes(List<FileColumn> columns, String beyond) {
    static final String KEY = "godwit.columns";

    private static final ObjectMapper JSON = new ObjectMapper();

    FooterNotes {
        columns = List.copyOf(columns);
    }

    /** Empty where there are none, or none that can be read: then the file is like any other. */
    static Optional<FooterNotes> read(List<KeyValue> all) {
        for (KeyValue note : all) {
            if (KEY.equals(note.getKey()) && note.isSetValue()) {
                try {
                    return Optional.of(read(JSON.readTree(note.getValue())));
                } catch (IOException | GodwitException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static FooterNotes read(JsonNode root) {
        List<FileColumn> columns = new ArrayList<>();
        root.path("columns")
                .forEach(column -> columns.add(new FileColumn(
                        column.path("name").asText(),
                        TypeWord.parse(column.path("type").asText()))));
        return new FooterNotes(columns, root.path("beyond").asText());
    }

    KeyValue write() {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode names = root.putArray("columns");
        columns.forEach(column -> names.addObject()
                .put("name", column.name())
                .put("type", column.type().notation()));
        if (!beyond.isEmpty()) {
            root.put("beyond", beyond);
        }
        return new KeyValue(KEY).setValue(root.toString());
    }
}
