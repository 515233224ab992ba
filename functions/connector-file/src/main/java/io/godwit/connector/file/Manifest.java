package io.godwit.connector.file;

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

/**
 * What a folder says of the table in it: its columns, and the files that are it, all else there being nothing. The same
 * form without {@code files}, under the name {@link #SCHEMA}, declares the columns of files that others wrote.
 *
 * @param columns in the order of the files' fields
 * @param partitions of the columns, those that are in no file: names of folders say their values
 * @param files in the order in which they were published
 * @param step which published last; empty: none did
 * @param replaced files that it took the place of, by their paths below the folder: they go as soon as this is there
 */
record Manifest(
        List<FileColumn> columns, List<String> partitions, List<Part> files, String step, List<String> replaced) {
    static final String NAME = "_manifest.json";
    static final String SCHEMA = "_schema.json";

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    Manifest {
        columns = List.copyOf(columns);
        partitions = List.copyOf(partitions);
        files = List.copyOf(files);
        replaced = List.copyOf(replaced);
    }

    /** Of a table without files. */
    Manifest(List<FileColumn> columns, List<String> partitions) {
        this(columns, partitions, List.of(), "", List.of());
    }

    /**
     * A file of the table.
     *
     * @param path below the table's folder
     */
    record Part(String path, long rows, long bytes) {}

    /** @throws IOException where the text is no manifest */
    static Manifest read(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        if (root.path("version").asInt() != VERSION || !root.path("columns").isArray()) {
            throw new IOException("no manifest of version " + VERSION + ", with columns");
        }
        List<FileColumn> columns = new ArrayList<>();
        for (JsonNode column : root.path("columns")) {
            try {
                columns.add(new FileColumn(
                        column.path("name").asText(),
                        TypeWord.parse(column.path("type").asText())));
            } catch (GodwitException e) {
                throw new IOException(
                        "column " + column.path("name").asText() + ": "
                                + e.info().message(),
                        e);
            }
        }
        List<String> partitions = new ArrayList<>();
        root.path("partitionedBy").forEach(name -> partitions.add(name.asText()));
        List<String> replaced = new ArrayList<>();
        root.path("replaced").forEach(path -> replaced.add(path.asText()));
        return new Manifest(
                columns,
                partitions,
                parts(root.path("files")),
                root.path("publishedBy").asText(),
                replaced);
    }

    byte[] write() throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode names = root.putArray("columns");
        columns.forEach(column -> names.addObject()
                .put("name", column.name())
                .put("type", column.type().notation()));
        if (!partitions.isEmpty()) {
            ArrayNode by = root.putArray("partitionedBy");
            partitions.forEach(by::add);
        }
        root.set("files", list(files));
        if (!step.isEmpty()) {
            ArrayNode gone = root.put("publishedBy", step).putArray("replaced");
            replaced.forEach(gone::add);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    /** As the ledger keeps the files of a subtask. */
    static String text(List<Part> parts) {
        return list(parts).toString();
    }

    static List<Part> parse(String text) {
        try {
            return parts(JSON.readTree(text));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ArrayNode list(List<Part> parts) {
        ArrayNode list = JSON.createArrayNode();
        parts.forEach(part -> list.addObject()
                .put("path", part.path())
                .put("rows", part.rows())
                .put("bytes", part.bytes()));
        return list;
    }

    private static List<Part> parts(JsonNode list) {
        List<Part> parts = new ArrayList<>();
        list.forEach(part -> parts.add(new Part(
                part.path("path").asText(),
                part.path("rows").asLong(),
                part.path("bytes").asLong())));
        return parts;
    }
}
