package io.godwit.connector.file;

import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.Format;
import io.godwit.connector.file.format.MalformedRowException;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.connector.json.TypeGuess;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables that a store's files are. */
final class FileCatalog {
    /** More files below one connection are refused, not listed in part: some tens of MB. */
    static final int MOST_FILES = 100_000;

    private static final int MOST_MANIFEST = 64 << 20;

    /** Files of a folder that are looked into for its columns. */
    private static final int SAMPLED = 8;

    private static final List<LogicalType> WHOLE = List.of(Scalar.INT2, Scalar.INT4, Scalar.INT8);

    private final FileStore store;
    private final Format format;
    private final String database;

    FileCatalog(FileStore store, Format format, String database) {
        this.store = store;
        this.format = format;
        this.database = database;
    }

    /** All tables, in the order of their names. */
    NavigableMap<TableName, TableFiles> tables() throws IOException {
        Map<String, StoredFile> all = new LinkedHashMap<>();
        store.list("", MOST_FILES).forEach(file -> all.put(file.path(), file));
        NavigableMap<TableName, TableFiles> tables = new TreeMap<>();
        Map<String, List<StoredFile>> folders = new LinkedHashMap<>();
        for (StoredFile file : all.values()) {
            Optional<String> ending = ending(file.path());
            boolean hidden = file.path().matches("(?s)(.*/)?_.*");
            List<String> above = Tables.foldersOf(file.path());
            if (ending.isEmpty() || hidden || above.stream().anyMatch(folder -> isManifested(all, folder))) {
                continue;
            }
            above.forEach(folder ->
                    folders.computeIfAbsent(folder, name -> new ArrayList<>()).add(file));
            TableName name = Tables.ofFile(database, file.path(), ending.get());
            add(
                    tables,
                    new TableFiles(
                            name, null, List.of(file), declared(all, schemaOf(file.path(), ending.get())), false));
        }
        for (Map.Entry<String, List<StoredFile>> folder : folders.entrySet()) {
            add(
                    tables,
                    new TableFiles(
                            Tables.ofFolder(database, folder.getKey()),
                            folder.getKey(),
                            folder.getValue(),
                            declared(all, folder.getKey() + "/" + Manifest.SCHEMA),
                            false));
        }
        for (String path : all.keySet()) {
            if (path.endsWith("/" + Manifest.NAME)) {
                String folder = path.substring(0, path.length() - Manifest.NAME.length() - 1);
                TableFiles table = manifested(folder, manifest(folder).orElseThrow(), all);
                tables.put(table.name(), table);
            }
        }
        return tables;
    }

    /** What a folder's manifest says; empty where it has none. */
    Optional<Manifest> manifest(String folder) throws IOException {
        return read(folder + "/" + Manifest.NAME);
    }

    private Optional<Manifest> read(String path) throws IOException {
        Optional<StoredFile> file = store.find(path);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        if (file.get().bytes() > MOST_MANIFEST) {
            throw new UnfitFilesException(path + " is larger than " + MOST_MANIFEST + " bytes");
        }
        byte[] content;
        try (InputStream in = store.open(path, 0, MOST_MANIFEST)) {
            content = in.readAllBytes();
        }
        try {
            return Optional.of(Manifest.read(content));
        } catch (IOException e) {
            throw new UnfitFilesException(path + ": " + e.getMessage());
        }
    }

    private TableFiles manifested(String folder, Manifest manifest, Map<String, StoredFile> all) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        for (Manifest.Part part : manifest.files()) {
            StoredFile file = all.get(folder + "/" + part.path());
            if (file == null) {
                // Where case does not count, the list has it by the name of the folder that was made first.
                file = store.find(folder + "/" + part.path()).orElse(null);
            }
            if (file == null || file.bytes() != part.bytes()) {
                // Or the table is being published at this moment: tried again, it will do.
                throw new IOException(folder + "/" + part.path() + " is missing, or not what the manifest lists");
            }
            files.add(file);
        }
        return new TableFiles(Tables.ofFolder(database, folder), folder, files, manifest.columns(), true);
    }

    /** Two that are called alike leave none: nobody could say which is meant. */
    private static void add(NavigableMap<TableName, TableFiles> tables, TableFiles table) throws IOException {
        TableFiles other = tables.put(table.name(), table);
        if (other != null) {
            throw new UnfitFilesException("table " + table.name().display() + " would be " + place(other) + " and "
                    + place(table) + ": move one of them, or name a folder below in the connection");
        }
    }

    private static String place(TableFiles table) {
        return table.folder() == null ? table.files().get(0).path() : table.folder() + "/";
    }

    private @Nullable List<FileColumn> declared(Map<String, StoredFile> all, String schema) throws IOException {
        return all.containsKey(schema) ? read(schema).map(Manifest::columns).orElse(null) : null;
    }

    /** Beside {@code orders.csv}: {@code orders_schema.json}. */
    private static String schemaOf(String path, String ending) {
        return path.substring(0, path.length() - ending.length()) + Manifest.SCHEMA;
    }

    private static boolean isManifested(Map<String, StoredFile> all, String folder) {
        return all.containsKey(folder + "/" + Manifest.NAME);
    }

    /** The ending by which a file is one of this format; empty where it is none. */
    private Optional<String> ending(String path) {
        return Compression.endings(format).stream()
                .filter(ending -> path.endsWith(ending) && !path.endsWith("/" + ending) && !path.equals(ending))
                .findFirst();
    }

    TableDescription describe(TableFiles table) throws IOException {
        return new TableDescription(
                table.name(),
                table.folder() == null ? "file" : "folder",
                columns(table).stream().map(FileCatalog::column).toList(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                table.bytes());
    }

    static Column column(FileColumn column) {
        return new Column(column.name(), column.type(), column.type().notation(), true, null, false, null, null, null);
    }

    /** As declared; else the narrowest types that hold samples of some of the files. */
    List<FileColumn> columns(TableFiles table) throws IOException {
        if (table.declared() != null) {
            return table.declared();
        }
        List<StoredFile> files = table.files();
        Map<String, LogicalType> columns = new LinkedHashMap<>();
        int step = Math.max(1, files.size() / SAMPLED);
        for (int i = 0; i < files.size(); i += step) {
            StoredFile file = files.get(i);
            try {
                for (FileColumn column : format.describe(Compression.content(store, file))) {
                    columns.merge(column.name(), column.type(), FileCatalog::wider);
                }
            } catch (MalformedRowException e) {
                throw new UnfitFilesException(file.path() + ", line " + e.line() + ": " + e.getMessage());
            }
        }
        List<FileColumn> all = new ArrayList<>();
        columns.forEach((name, type) -> all.add(new FileColumn(name, type)));
        partitions(table).forEach((name, guess) -> {
            if (!columns.containsKey(name)) {
                all.add(new FileColumn(name, guess.type()));
            }
        });
        return all;
    }

    /** What the names of its folders say, by column. */
    private static Map<String, TypeGuess> partitions(TableFiles table) throws UnfitFilesException {
        Map<String, TypeGuess> guesses = new LinkedHashMap<>();
        String folder = table.folder();
        if (folder == null) {
            return guesses;
        }
        Set<String> names = null;
        for (StoredFile file : table.files()) {
            Map<String, @Nullable String> values = Partitions.of(file.path().substring(folder.length() + 1));
            if (names != null && !names.equals(values.keySet())) {
                throw new UnfitFilesException(file.path() + " lies in folders of other columns than other files of "
                        + folder + "/: all must be partitioned alike");
            }
            names = values.keySet();
            values.forEach((name, value) -> {
                TypeGuess guess = guesses.computeIfAbsent(name, column -> new TypeGuess());
                if (value != null) {
                    guess.see(value);
                }
            });
        }
        return guesses;
    }

    private static LogicalType wider(LogicalType one, LogicalType other) {
        if (one.equals(other)) {
            return one;
        }
        if (WHOLE.contains(one) && WHOLE.contains(other)) {
            return WHOLE.get(Math.max(WHOLE.indexOf(one), WHOLE.indexOf(other)));
        }
        LogicalType decimal = new Decimal(null, null);
        boolean numbers =
                (one == Scalar.INT8 || one.equals(decimal)) && (other == Scalar.INT8 || other.equals(decimal));
        if (numbers) {
            return decimal;
        }
        return one == Scalar.JSON || other == Scalar.JSON ? Scalar.JSON : Scalar.TEXT;
    }

    /** By the name of a table; as a map for those who look for several. */
    Map<TableName, TableFiles> find(List<TableName> wanted) throws IOException {
        NavigableMap<TableName, TableFiles> tables = tables();
        Map<TableName, TableFiles> found = new HashMap<>();
        for (TableName name : wanted) {
            TableFiles table = tables.get(new TableName(database, name.schema(), name.name()));
            if (table != null) {
                found.put(name, table);
            }
        }
        return found;
    }
}
