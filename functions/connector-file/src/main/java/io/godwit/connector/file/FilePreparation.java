package io.godwit.connector.file;

import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.store.FileStore;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the folders of a step's tables ready: a manifest that lists nothing yet, where there is none. */
final class FilePreparation {
    private final FileStore store;
    private final FileCatalog catalog;
    private final Connection connection;
    private final List<String> partitions;

    FilePreparation(FileStore store, FileCatalog catalog, Connection connection, List<String> partitions) {
        this.store = store;
        this.catalog = catalog;
        this.connection = connection;
        this.partitions = partitions;
    }

    /** @param only whether only to tell what would be done */
    Preparation prepare(PrepareStep question, boolean only) throws IOException {
        if (!question.before().isEmpty()) {
            throw refused("before: runs SQL, which files have not", "Take it out.");
        }
        Map<String, TablePlan> folders = new LinkedHashMap<>();
        question.tables().forEach(table -> folders.putIfAbsent(Tables.folder(table.target()), table));
        store.product();
        List<String> statements = new ArrayList<>();
        for (Map.Entry<String, TablePlan> folder : folders.entrySet()) {
            prepare(folder.getKey(), folder.getValue(), only).ifPresent(statements::add);
        }
        return new Preparation(statements, List.of());
    }

    private Optional<String> prepare(String folder, TablePlan table, boolean only) throws IOException {
        String name = table.target().display();
        if (table.mode().needsKey()) {
            throw refused(
                    "table " + name + ": files have no keys by which rows could meet",
                    "Use mode append, overwrite or swap.");
        }
        if (table.mode() == WriteMode.OVERWRITE && table.where() != null) {
            throw refused(
                    "table " + name + ": rows of a condition cannot be taken out of files",
                    "Overwrite all with swap, or write each part into a folder of its own.");
        }
        requirePartitions(table);
        Optional<Manifest> manifest = catalog.manifest(folder);
        if (manifest.isPresent()) {
            boolean fits = table.mode().loadsAside()
                    || table.create() == CreateMode.RECREATE
                    || (manifest.get().columns().equals(columns(table))
                            && manifest.get().partitions().equals(partitions));
            if (!fits) {
                throw new GodwitException(
                        ErrorCode.TYPE_INCOMPATIBLE,
                        "connection " + connection.name() + ": the columns of " + folder
                                + "/, or those that its files are partitioned by, are others than those of the step",
                        "Append to another folder, or replace it with mode swap.");
            }
            return Optional.empty();
        }
        if (table.create() == CreateMode.NEVER) {
            throw new GodwitException(
                    ErrorCode.TARGET_TABLE_NOT_FOUND,
                    "connection " + connection.name() + ": no table " + name + ": " + folder + "/ has no "
                            + Manifest.NAME,
                    "Take create: never out.");
        }
        if (!store.list(folder, FileCatalog.MOST_FILES).isEmpty()) {
            throw refused(
                    "folder " + folder + "/ holds files that Godwit did not write",
                    "Name a table whose folder is empty: others' files are never mixed with ours.");
        }
        if (!only) {
            store.put(folder + "/" + Manifest.NAME, new Manifest(columns(table), partitions).write());
        }
        return Optional.of("create " + folder + "/" + Manifest.NAME + " ("
                + table.columns().size() + " columns)");
    }

    private void requirePartitions(TablePlan table) {
        List<String> names = columns(table).stream().map(FileColumn::name).toList();
        for (String partition : partitions) {
            if (!names.contains(partition)) {
                throw refused(
                        "option partition names column " + partition + ", which table "
                                + table.target().display() + " has not",
                        "Name its columns, or write the table through another connection.");
            }
        }
        if (partitions.size() == names.size()) {
            throw refused(
                    "option partition names all columns of table "
                            + table.target().display() + ", and none is left for its files",
                    "Name fewer columns.");
        }
    }

    private static List<FileColumn> columns(TablePlan table) {
        return FileSink.columns(table);
    }

    private GodwitException refused(String why, String remedy) {
        return new GodwitException(ErrorCode.NOT_SUPPORTED, "connection " + connection.name() + ": " + why, remedy);
    }
}
