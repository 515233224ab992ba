package io.godwit.connector.file;

import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.CreateMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers.Unit;
import io.godwit.core.port.SinkLedgers.Units;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a step's files to all: moves them beside the others, then lists them in the manifest, then takes away what the
 * manifest lists no more. Done again, after it broke off anywhere, it comes to the same.
 */
final class FilePublication {
    private final FileStore store;
    private final FileCatalog catalog;
    private final List<String> partitions;

    FilePublication(FileStore store, FileCatalog catalog, List<String> partitions) {
        this.store = store;
        this.catalog = catalog;
        this.partitions = partitions;
    }

    /**
     * Looks whether everything can be moved and listed, while there is a way back.
     *
     * @return always true
     * @throws UnfitFilesException where files are gone, or a manifest cannot be read
     */
    boolean look(PublishStep question, Units units) throws IOException {
        if (!question.after().isEmpty()) {
            throw new GodwitException(ErrorCode.NOT_SUPPORTED, "after: runs SQL, which files have not", "Take it out.");
        }
        for (TablePlan table : question.tables()) {
            catalog.manifest(Tables.folder(table.target()));
        }
        List<Manifest.Part> parts = new ArrayList<>();
        units.forEach(unit -> parts.addAll(Manifest.parse(unit.content())));
        for (Manifest.Part part : parts) {
            Optional<StoredFile> there =
                    store.find(part.path()); // by name: where case does not count, a list has another
            if (there.isEmpty() || there.get().bytes() != part.bytes()) {
                throw new UnfitFilesException(part.path() + ", which waits to be published, "
                        + (there.isEmpty() ? "is gone" : "has another size than it was written with")
                        + ": start a new run, and let nobody change what is below "
                        + Staging.folder(question.step()));
            }
        }
        return true;
    }

    Published publish(PublishStep question, Units units) throws IOException {
        Map<String, TablePlan> folders = new LinkedHashMap<>();
        Map<Integer, String> byTable = new LinkedHashMap<>();
        for (TablePlan table : question.tables()) {
            String folder = Tables.folder(table.target());
            folders.putIfAbsent(folder, table);
            byTable.put(table.ordinal(), folder);
        }
        Map<String, List<Manifest.Part>> written = move(units, byTable);
        List<String> statements = new ArrayList<>();
        for (Map.Entry<String, TablePlan> folder : folders.entrySet()) {
            List<Manifest.Part> parts = written.getOrDefault(folder.getKey(), List.of());
            statements.add(list(question.step(), folder.getKey(), folder.getValue(), parts));
        }
        store.deleteFolder(Staging.folder(question.step()));
        return new Published(statements, List.of());
    }

    /** The files, by folder, as its manifest will list them. */
    private Map<String, List<Manifest.Part>> move(Units units, Map<Integer, String> byTable) throws IOException {
        Map<String, List<Manifest.Part>> written = new LinkedHashMap<>();
        List<Unit> all = new ArrayList<>();
        units.forEach(all::add);
        for (Unit unit : all) {
            SubtaskId subtask = unit.row().subtask();
            String folder = byTable.get(subtask.table());
            if (folder == null) {
                throw new IOException("subtask " + subtask + " is of no table of the step");
            }
            List<Manifest.Part> parts = Manifest.parse(unit.content());
            for (int i = 0; i < parts.size(); i++) {
                Manifest.Part part = parts.get(i);
                String name = Staging.partition(subtask.step(), part.path())
                        + Staging.published(subtask, i, ending(part.path()));
                store.move(part.path(), folder + "/" + name);
                written.computeIfAbsent(folder, key -> new ArrayList<>())
                        .add(new Manifest.Part(name, part.rows(), part.bytes()));
            }
        }
        return written;
    }

    /** {@code .csv.gz} of {@code ....ATTEMPT.csv.gz}: an attempt has no dot. */
    private static String ending(String staged) {
        String name = staged.substring(staged.lastIndexOf('/') + 1);
        return name.substring(name.indexOf('.', name.indexOf('.') + 1));
    }

    private String list(StepId step, String folder, TablePlan table, List<Manifest.Part> written) throws IOException {
        boolean replaces = table.mode().loadsAside() || table.create() == CreateMode.RECREATE;
        Manifest before = catalog.manifest(folder).orElseGet(() -> new Manifest(FileSink.columns(table), partitions));
        Map<String, Manifest.Part> files = new LinkedHashMap<>();
        List<String> replaced = List.of();
        if (before.step().equals(step.value())) {
            replaced = before.replaced(); // broke off after the manifest was put there
        } else if (replaces) {
            replaced = before.files().stream().map(Manifest.Part::path).toList();
        }
        if (!replaces) {
            before.files().forEach(part -> files.put(part.path(), part));
        }
        written.forEach(part -> files.put(part.path(), part));
        Manifest manifest =
                new Manifest(FileSink.columns(table), partitions, List.copyOf(files.values()), step.value(), replaced);
        store.put(folder + "/" + Manifest.NAME, manifest.write());
        for (String path : replaced) {
            store.delete(folder + "/" + path);
        }
        return "list " + written.size() + " files in " + folder + "/" + Manifest.NAME
                + (replaces ? ", in the place of " + replaced.size() : "");
    }
}
