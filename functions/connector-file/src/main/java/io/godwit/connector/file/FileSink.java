package io.godwit.connector.file;

import io.godwit.connector.RangeFilter;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.Format;
import io.godwit.connector.file.format.RowReader;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.core.job.Connection;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.FieldWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store of files as a sink. A subtask is a file in a folder that nobody sees; which of them count is what the ledger
 * in the control store says; publishing moves them into their table's folder, and lists them in its manifest.
 */
final class FileSink implements Sink {
    private final Connection connection;
    private final FileStore store;
    private final FileOptions options;
    private final SinkLedgers ledgers;
    private final FileErrors errors;
    private final FileCatalog catalog;

    FileSink(Connection connection, FileStore store, SinkLedgers ledgers) {
        this.connection = connection;
        this.store = store;
        this.options = FileOptions.of(connection);
        this.ledgers = ledgers;
        this.errors = new FileErrors(false, connection);
        this.catalog = new FileCatalog(store, options.format(), connection.database());
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return errors.during("testing", () -> {
            String product = store.product();
            return new ConnectionReport(
                    product + ", " + options.format().name(), (System.nanoTime() - start) / 1_000_000, List.of());
        });
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return errors.during("looking for tables", () -> {
            List<TableDescription> found = new ArrayList<>();
            for (TableName table : tables) {
                String folder = Tables.folder(table);
                Optional<Manifest> manifest = catalog.manifest(folder);
                if (manifest.isPresent()) {
                    found.add(catalog.describe(new TableFiles(
                            table, folder, List.of(), manifest.get().columns(), true)));
                }
            }
            return found;
        });
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        return errors.during(
                "previewing step " + question.step(),
                () -> new FilePreparation(store, catalog, connection, options.partitions()).prepare(question, true));
    }

    @Override
    public Preparation prepare(PrepareStep question) {
        return ledgers.prepare(
                question,
                errors.during("preparing step " + question.step(), () -> places(question.tables())),
                displaced -> errors.during("preparing step " + question.step(), () -> {
                    for (StepId step : displaced) {
                        store.deleteFolder(Staging.folder(step));
                    }
                    return new FilePreparation(store, catalog, connection, options.partitions())
                            .prepare(question, false);
                }));
    }

    /** The same for every run and every connection that writes there. */
    private List<String> places(List<TablePlan> tables) throws IOException {
        Set<String> places = new LinkedHashSet<>();
        for (TablePlan table : tables) {
            places.add(connection.type() + " " + store.place(Tables.folder(table.target())));
        }
        return List.copyOf(places);
    }

    @Override
    public Published publish(PublishStep question) {
        return ledgers.publish(question, publisher());
    }

    private SinkLedgers.Publisher publisher() {
        FilePublication publication = new FilePublication(store, catalog, options.partitions());
        return new SinkLedgers.Publisher() {
            @Override
            public Published publish(PublishStep question, SinkLedgers.Units units) {
                return errors.during(doing(question), () -> publication.publish(question, units));
            }

            @Override
            public void look(PublishStep question, SinkLedgers.Units units) {
                errors.during(doing(question), () -> publication.look(question, units));
            }
        };
    }

    private static String doing(PublishStep question) {
        return "publishing step " + question.step();
    }

    @Override
    public Ledger close(CloseStep question) {
        Ledger ledger = ledgers.close(question, publisher());
        if (question.cancelled() && ledger.run() == RunRow.CLOSED) {
            errors.during("clearing up after step " + question.step(), () -> {
                store.deleteFolder(Staging.folder(question.step()));
                return true;
            });
        }
        return ledger;
    }

    @Override
    public Ledger reopen(CloseStep question) {
        return ledgers.reopen(question);
    }

    @Override
    public Ledger voidUnwritten(VoidSubtasks question) {
        return ledgers.voidUnwritten(question);
    }

    @Override
    public Ledger ledger(StepId step) {
        return ledgers.ledger(step);
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return ledgers.quarantine(question);
    }

    @Override
    public Transaction begin(TablePlan table, Duration most) {
        return new FileSinkTransaction(store, options, ledgers, errors, table, most);
    }

    @Override
    public void scan(TablePlan table, @Nullable Split split, RowConsumer rows) {
        RangeFilter filter = RangeFilter.of(table, split);
        List<FileColumn> columns = columns(table);
        errors.during("reading back " + table.target().display(), () -> {
            String folder = Tables.folder(table.target());
            String staged = Staging.folder(table.step());
            for (StoredFile file : filesOf(table).values()) {
                String within = file.path().startsWith(staged + "/") ? staged : folder;
                scan(file, file.path().substring(within.length() + 1), columns, filter, rows);
            }
            return true;
        });
    }

    @Override
    public boolean seeksRanges() {
        return false;
    }

    /** The files of the table, and those that the step has written and will only have to be listed. */
    private Map<String, StoredFile> filesOf(TablePlan table) throws IOException {
        Map<String, StoredFile> files = new LinkedHashMap<>();
        String folder = Tables.folder(table.target());
        List<String> paths = new ArrayList<>();
        catalog.manifest(folder)
                .ifPresent(manifest -> manifest.files().forEach(part -> paths.add(folder + "/" + part.path())));
        if (!table.mode().loadsAside() && ledgers.ledger(table.step()).run() != RunRow.PUBLISHED) {
            ledgers.units(table.step()).forEach(unit -> {
                if (unit.row().subtask().table() == table.ordinal()) {
                    Manifest.parse(unit.content()).forEach(part -> paths.add(part.path()));
                }
            });
        }
        for (String path : paths) {
            files.put(
                    path,
                    store.find(path)
                            .orElseThrow(() -> new IOException(path + " is missing, and the manifest lists it")));
        }
        return files;
    }

    private void scan(StoredFile file, String below, List<FileColumn> columns, RangeFilter filter, RowConsumer rows)
            throws IOException {
        Format.Reading how = new Format.Reading(columns, true, Integer.MAX_VALUE - 64);
        try (RowReader reader = PartitionedReader.open(
                options.format(), Compression.content(store, file), below, 0, Long.MAX_VALUE, how, columns)) {
            FieldWriter tuple = new FieldWriter();
            while (reader.next(tuple)) {
                if (filter.takes(tuple.array(), tuple.length())) {
                    rows.row(tuple.array(), 0, tuple.length());
                }
                tuple.clear();
            }
        }
    }

    static List<FileColumn> columns(TablePlan table) {
        return table.columns().stream()
                .map(column -> new FileColumn(column.target(), column.wireType()))
                .toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
