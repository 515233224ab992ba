package io.godwit.local.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.PlannerQuestions.QuarantinedRow;
import io.godwit.core.question.PlannerQuestions.QuarantinedValue;
import io.godwit.core.run.RowForm;
import io.godwit.core.table.TableName;
import io.godwit.platform.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows of a quarantine as files that a connection of type {@code file} reads as they are: per table
 * {@code SCHEMA/TABLE.csv}, with its types in {@code TABLE_schema.json} beside it; what the mapping could not convert
 * in {@code SCHEMA/TABLE_source.csv} likewise; what could not be read in {@code SCHEMA/TABLE_raw.txt}, each as it stood
 * in the source, and a line end. Rows with other columns than those before them lie in {@code TABLE-2.csv}, and so on.
 * Only their owner may read them.
 */
public final class QuarantineFiles implements AutoCloseable {
    private final Path folder;
    private final Map<Of, TableFile> tables = new LinkedHashMap<>();

    private long withheld;

    private QuarantineFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Rows of one table and form lie in one file if they have the same columns: those of two sources, or of a mapping
     * and a later one, need not.
     */
    private record Of(TableName table, RowForm form, List<String> columns) {
        static Of row(QuarantinedRow row) {
            return new Of(
                    row.table(),
                    row.form(),
                    row.columns().stream()
                            .flatMap(column -> Stream.of(column.column(), column.type()))
                            .toList());
        }
    }

    private static final class TableFile {
        private final Path path;
        private final OutputStream out;
        private long rows;

        TableFile(Path path, OutputStream out) {
            this.path = path;
            this.out = out;
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(UTF_8));
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

    /** One whose values are withheld has nothing to write. */
    public void write(QuarantinedRow row) {
        if (row.form() == RowForm.WITHHELD) {
            withheld++;
            return;
        }
        attempt(() -> {
            Of of = Of.row(row);
            TableFile file = tables.get(of);
            if (file == null) {
                file = begin(row);
                tables.put(of, file);
            }
            if (row.raw() == null) {
                file.write(line(row.columns(), QuarantineFiles::field));
            } else {
                file.out.write(Base64.getDecoder().decode(row.raw()));
                file.out.write('\n');
            }
            file.rows++;
            return true;
        });
    }

    private TableFile begin(QuarantinedRow row) throws IOException {
        TableName table = row.table();
        Path within = table.schema() == null ? folder : folder.resolve(fit(table.schema()));
        create(within);
        boolean raw = row.form() == RowForm.RAW;
        String plain = fit(table.name()) + (raw ? "_raw" : row.form() == RowForm.SOURCE ? "_source" : "");
        String ending = raw ? ".txt" : ".csv";
        String name = plain;
        for (int i = 2; Files.exists(within.resolve(name + ending)); i++) {
            name = plain + "-" + i;
        }
        Path path = within.resolve(name + ending);
        if (raw) {
            return new TableFile(path, new BufferedOutputStream(Files.newOutputStream(path)));
        }
        List<QuarantinedValue> columns = row.columns();
        ObjectNode schema = Json.mapper().createObjectNode().put("version", 1);
        ArrayNode types = schema.putArray("columns");
        columns.forEach(column -> types.addObject().put("name", column.column()).put("type", column.type()));
        Files.writeString(within.resolve(name + "_schema.json"), schema.toPrettyString());
        TableFile file = new TableFile(path, new BufferedOutputStream(Files.newOutputStream(path)));
        file.write(line(columns, column -> quoted(column.column())));
        return file;
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

    /** How many rows there were whose values the quarantine does not have. */
    public long withheld() {
        return withheld;
    }

    @Override
    public void close() {
        attempt(() -> {
            for (TableFile file : tables.values()) {
                file.out.close();
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
