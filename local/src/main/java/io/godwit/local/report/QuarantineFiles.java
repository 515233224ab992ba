package io.godwit.local.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.PlannerQuestions.QuarantinedRow;
import io.godwit.core.question.PlannerQuestions.QuarantinedValue;
import io.godwit.core.table.TableName;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rows of a quarantine as files that a connection of type {@code file} reads as they are: per table
 * {@code SCHEMA/TABLE.csv}, with its types in {@code TABLE_schema.json} beside it. Only their owner may read them.
 */
public final class QuarantineFiles implements AutoCloseable {
    private final Path folder;
    private final Map<TableName, TableFile> tables = new LinkedHashMap<>();

    private QuarantineFiles(Path folder) {
        this.folder = folder;
    }

    private static final class TableFile {
        private final Path path;
        private final Writer text;
        private long rows;

        TableFile(Path path, Writer text) {
            this.path = path;
            this.text = text;
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    /** @param folder is made; one that is there is refused */
    public static QuarantineFiles in(Path folder) {
        if (Files.exists(folder)) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID, "--export: " + folder + " is there already", "Name a new folder.");
        }
        return new QuarantineFiles(folder);
    }

    /** Rows of a table have the columns of its first. */
    public void write(QuarantinedRow row) {
        attempt(() -> {
            TableFile file = tables.get(row.table());
            if (file == null) {
                file = begin(row.table(), row.columns());
                tables.put(row.table(), file);
            }
            file.text.write(line(row.columns(), QuarantineFiles::field));
            file.rows++;
            return true;
        });
    }

    private TableFile begin(TableName table, List<QuarantinedValue> columns) throws IOException {
        Path within = table.schema() == null ? folder : folder.resolve(fit(table.schema()));
        String name = fit(table.name());
        for (int i = 2; Files.exists(within.resolve(name + ".csv")); i++) {
            name = fit(table.name()) + "-" + i;
        }
        create(within);
        ObjectNode schema = Json.mapper().createObjectNode().put("version", 1);
        ArrayNode types = schema.putArray("columns");
        columns.forEach(column -> types.addObject().put("name", column.column()).put("type", column.type()));
        Files.writeString(within.resolve(name + "_schema.json"), schema.toPrettyString());
        Path path = within.resolve(name + ".csv");
        Writer text = Files.newBufferedWriter(path);
        text.write(line(columns, column -> quoted(column.column())));
        return new TableFile(path, text);
    }

    private void create(Path within) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
        Files.createDirectories(within);
    }

    private static String line(List<QuarantinedValue> columns, Function<QuarantinedValue, String> field) {
        return columns.stream().map(field).collect(Collectors.joining(",", "", "\n"));
    }

    /** A value is quoted, NULL is nothing. */
    private static String field(QuarantinedValue column) {
        return column.value() == null ? "" : quoted(column.value());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** A name as a file's, which neither hides nor leads elsewhere. */
    private static String fit(String name) {
        return name.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|%]", "-").replaceAll("^[._]", "-");
    }

    /** How many rows each file has. */
    public Map<String, Long> written() {
        Map<String, Long> written = new TreeMap<>();
        tables.values().forEach(file -> written.put(file.path.toString(), file.rows));
        return written;
    }

    @Override
    public void close() {
        attempt(() -> {
            for (TableFile file : tables.values()) {
                file.text.close();
            }
            return true;
        });
    }

    private <T> T attempt(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID,
                    "--export: " + folder + " cannot be written: " + e.getMessage(),
                    "Name a folder that you may write, on a disk with room.",
                    e);
        }
    }
}
