package io.godwit.connector.file;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.file.format.FieldTexts;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.FileContent;
import io.godwit.connector.file.format.Format;
import io.godwit.connector.file.format.MalformedRowException;
import io.godwit.connector.file.format.RowReader;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.HighWaterQuestion;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.FieldWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files as a source. What is read is what was planned: a file that changed since is refused. */
final class FileSource implements Source {
    private static final int MOST_PREVIEWED = 1000;
    private static final long MOST_PREVIEWED_BYTES = 16 << 20;

    private final Connection connection;
    private final FileStore store;
    private final Format format;
    private final FileErrors errors;
    private final FileCatalog catalog;
    private final FilePlaces places;

    FileSource(Connection connection, FileStore store) {
        this.connection = connection;
        this.store = store;
        this.format = FileOptions.of(connection).format();
        this.errors = new FileErrors(true, connection);
        this.catalog = new FileCatalog(store, format, connection.database());
        this.places = new FilePlaces(connection, format);
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return errors.during("testing", () -> {
            String product = store.product();
            return new ConnectionReport(
                    product + ", " + format.name(), (System.nanoTime() - start) / 1_000_000, List.of());
        });
    }

    @Override
    public List<String> databases() {
        return List.of(connection.database());
    }

    @Override
    public List<TableName> tables() {
        return errors.during("listing files", () -> List.copyOf(catalog.tables().keySet()));
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return errors.during("looking into files", () -> {
            Map<TableName, TableFiles> found = catalog.find(tables);
            List<TableDescription> described = new ArrayList<>();
            for (TableName table : tables) {
                if (found.containsKey(table)) {
                    described.add(catalog.describe(found.get(table)));
                }
            }
            return described;
        });
    }

    @Override
    public SourceSplits split(SplitSource question) {
        requireNoCondition(question.where());
        return errors.during("splitting " + question.table().name().display(), () -> {
            TableFiles table = files(question.table().name());
            List<PlannedSplit> splits = new ArrayList<>();
            for (StoredFile file : table.files()) {
                splits.addAll(parts(file, 0, file.bytes(), question.splitBytes()));
            }
            if (splits.isEmpty()) {
                splits.add(new PlannedSplit(new Split.Whole(null), 0, 0));
            }
            return new SourceSplits(
                    splits, splits.size() + " parts of " + table.files().size() + " files, cut between rows");
        });
    }

    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        requireNoCondition(question.where());
        PlannedSplit split = question.split();
        if (!(split.split() instanceof Split.FileRange range)) {
            return split(new SplitSource(
                    question.connection(),
                    question.table(),
                    null,
                    null,
                    Math.max(1, question.table().estimatedBytes() / 2)));
        }
        return errors.during("splitting " + range.file() + " again", () -> {
            StoredFile file = unchanged(range);
            long half = Math.max(1, (range.end() - range.first() + 1) / 2);
            List<PlannedSplit> parts = parts(file, range.first(), range.end(), half);
            return new SourceSplits(parts, "halves of a part of " + range.file());
        });
    }

    private List<PlannedSplit> parts(StoredFile file, long first, long end, long bytesEach) throws IOException {
        FileContent content = Compression.content(store, file);
        List<Long> bounds = format.bounds(content, first, end, bytesEach);
        List<PlannedSplit> parts = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i++) {
            long from = bounds.get(i);
            long to = i + 1 < bounds.size() ? bounds.get(i + 1) : end;
            parts.add(new PlannedSplit(new Split.FileRange(file.path(), file.version(), from, to), -1, to - from));
        }
        return parts;
    }

    @Override
    public @Nullable String highWater(HighWaterQuestion question) {
        throw new GodwitException(
                ErrorCode.NOT_SUPPORTED,
                "connection " + connection.name() + ": files have no high-water mark of a column",
                "Take incremental: out, and choose the files by name: ${planTime:yyyyMMdd} in tables.");
    }

    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets the inner annotation of Preview's rows, once compiled
    public Preview preview(TableName name, int limit) {
        return errors.during("previewing " + name.display(), () -> {
            TableFiles table = files(name);
            List<FileColumn> columns = catalog.columns(table);
            FieldTexts texts = new FieldTexts(columns);
            List<List<@Nullable String>> rows = new ArrayList<>();
            int most = Math.min(Math.max(limit, 0), MOST_PREVIEWED);
            for (StoredFile file : table.files()) {
                try (RowReader reader = open(table, columns, columns, file, 0, file.bytes(), MOST_PREVIEWED_BYTES)) {
                    TupleFields fields = new TupleFields(columns.size());
                    FieldWriter tuple = new FieldWriter();
                    while (rows.size() < most && next(reader, tuple, file)) {
                        fields.of(tuple.array(), 0, tuple.length());
                        rows.add(texts.of(fields));
                        tuple.clear();
                    }
                }
            }
            return new Preview(
                    columns.stream().map(FileColumn::name).toList(),
                    columns.stream().map(column -> column.type().notation()).toList(),
                    rows);
        });
    }

    private boolean next(RowReader reader, FieldWriter tuple, StoredFile file) throws IOException {
        try {
            return reader.next(tuple);
        } catch (MalformedRowException e) {
            throw places.malformed(e, file, 0);
        }
    }

    @Override
    public String holdSnapshot() {
        throw new GodwitException(
                ErrorCode.NOT_SUPPORTED,
                "connection " + connection.name() + ": a store of files has no snapshots",
                "Take consistency: run out. A file that changes while the run lasts is noticed, and refused.");
    }

    @Override
    public void read(ReadRequest request, RowConsumer rows) {
        requireNoCondition(request.where());
        TableName name = request.table().name();
        errors.during("reading " + name.display(), () -> {
            FileReading reading = new FileReading(request, rows, places);
            if (request.split() instanceof Split.FileRange range) {
                requirePart(name, range.file());
                read(reading, request, unchanged(range), range.first(), range.end());
                unchanged(range);
                return true;
            }
            for (StoredFile file : files(name).files()) {
                read(reading, request, file, 0, file.bytes());
            }
            return true;
        });
    }

    private void read(FileReading reading, ReadRequest request, StoredFile file, long first, long end)
            throws IOException {
        TableFiles table = ofFile(request.table(), file);
        List<FileColumn> all = columns(request.table().columns());
        try (RowReader reader = open(table, all, columns(request.columns()), file, first, end, request.maxRowBytes())) {
            reading.read(file, first, reader);
        }
    }

    @Override
    public void readAgain(ReadRequest request, byte[] context, byte[] raw, RowConsumer rows) {
        FileContent alone = new OneRow(context, raw);
        FieldWriter tuple = new FieldWriter();
        errors.during("reading a row again", () -> {
            try (RowReader reader = format.read(
                    alone,
                    0,
                    Long.MAX_VALUE,
                    new Format.Reading(columns(request.table().columns()), false, request.maxRowBytes()),
                    columns(request.columns()))) {
                boolean found = reader.next(tuple);
                if (!found || reader.next(new FieldWriter())) {
                    rows.malformed(again("it is not one row", context, raw));
                } else {
                    rows.row(tuple.array(), 0, tuple.length());
                }
            } catch (MalformedRowException e) {
                rows.malformed(again(String.valueOf(e.getMessage()), context, raw));
            }
            return true;
        });
    }

    private static MalformedRow again(String reason, byte[] context, byte[] raw) {
        return new MalformedRow("a kept row", reason, FilePlaces.MEND, raw, context);
    }

    private RowReader open(
            TableFiles table,
            List<FileColumn> all,
            List<FileColumn> wanted,
            StoredFile file,
            long first,
            long end,
            long maxRowBytes)
            throws IOException {
        FileContent content = Compression.content(store, file);
        try {
            String folder = table.folder();
            return PartitionedReader.open(
                    format,
                    content,
                    folder == null ? "" : file.path().substring(folder.length() + 1),
                    first,
                    content.isCompressed() ? Long.MAX_VALUE : end,
                    new Format.Reading(all, table.ours(), maxRowBytes),
                    wanted);
        } catch (MalformedRowException e) {
            throw places.malformed(e, file, 0);
        }
    }

    private static List<FileColumn> columns(List<Column> columns) {
        return columns.stream()
                .map(column -> new FileColumn(column.name(), column.type()))
                .toList();
    }

    private TableFiles files(TableName name) throws IOException {
        TableFiles found = catalog.find(List.of(name)).get(name);
        if (found == null) {
            throw new GodwitException(
                    ErrorCode.SOURCE_TABLE_NOT_FOUND,
                    "connection " + connection.name() + ": no file or folder " + name.display() + " of format "
                            + format.name() + " in " + connection.database(),
                    "Check the name's spelling and case, and its ending: one of " + String.join(", ", format.endings())
                            + ".");
        }
        return found;
    }

    /** Whether Godwit wrote it is told by its folder, without listing all others. */
    private TableFiles ofFile(TableDescription table, StoredFile file) throws IOException {
        String folder = table.kind().equals("folder") ? Tables.folder(table.name()) : null;
        boolean ours =
                folder != null && store.find(folder + "/" + Manifest.NAME).isPresent();
        return new TableFiles(table.name(), folder, List.of(file), columns(table.columns()), ours);
    }

    /** A file of another table would be that table's rows in this one's name. */
    private void requirePart(TableName table, String path) {
        boolean part = Tables.foldersOf(path).stream()
                .map(folder -> Tables.ofFolder(connection.database(), folder))
                .anyMatch(name -> isSame(name, table));
        boolean itself = Compression.endings(format).stream()
                .filter(path::endsWith)
                .anyMatch(ending -> isSame(Tables.ofFile(connection.database(), path, ending), table));
        if (!part && !itself) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED,
                    path + " is no file of " + table.display(),
                    "No planner sends this: find out who may send events to the broker.");
        }
    }

    private static boolean isSame(TableName one, TableName other) {
        return one.name().equals(other.name()) && java.util.Objects.equals(one.schema(), other.schema());
    }

    private StoredFile unchanged(Split.FileRange range) throws IOException {
        Optional<StoredFile> file = store.find(range.file());
        if (file.isEmpty() || !file.get().version().equals(range.version())) {
            throw new GodwitException(
                    ErrorCode.SOURCE_CHANGED,
                    "connection " + connection.name() + ": " + range.file()
                            + (file.isEmpty() ? " is gone" : " has changed") + " since the run was planned",
                    "Start a new run: it plans what is there now.");
        }
        return file.get();
    }

    private void requireNoCondition(@Nullable String where) {
        if (where != null) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "connection " + connection.name() + ": files take no condition in SQL (where:)",
                    "Write it as an expression under filter: instead.");
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
