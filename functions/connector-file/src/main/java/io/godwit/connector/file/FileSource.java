package io.godwit.connector.file;

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
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files as a source. What is read is what was planned: a file that changed since is refused. */
final class FileSource implements Source {
    private static final int MOST_PREVIEWED = 1000;
    private static final int ROWS_PER_LOOK = 256;
    private static final long MOST_PREVIEWED_BYTES = 16 << 20;

    private final Connection connection;
    private final FileStore store;
    private final Format format;
    private final FileErrors errors;
    private final FileCatalog catalog;

    FileSource(Connection connection, FileStore store) {
        this.connection = connection;
        this.store = store;
        this.format = FileOptions.of(connection).format();
        this.errors = new FileErrors(true, connection);
        this.catalog = new FileCatalog(store, format, connection.database());
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
                    while (rows.size() < most && next(reader, tuple, file, 0)) {
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
            Reading reading = new Reading(request, rows);
            if (request.split() instanceof Split.FileRange range) {
                requirePart(name, range.file());
                reading.read(range, unchanged(range));
                unchanged(range);
                return true;
            }
            for (StoredFile file : files(name).files()) {
                reading.read(new Split.FileRange(file.path(), file.version(), 0, file.bytes()), file);
            }
            return true;
        });
    }

    /** One reading of one split. */
    private final class Reading {
        private final ReadRequest request;
        private final RowConsumer rows;
        private final List<FileColumn> all;
        private final List<FileColumn> wanted;
        private final long deadline;
        private final FieldWriter tuple = new FieldWriter();
        private long read;

        Reading(ReadRequest request, RowConsumer rows) {
            this.request = request;
            this.rows = rows;
            this.all = columns(request.table().columns());
            this.wanted = columns(request.columns());
            Duration most = request.most();
            this.deadline = most == null ? Long.MAX_VALUE : System.nanoTime() + most.toNanos();
        }

        void read(Split.FileRange range, StoredFile file) throws IOException {
            TableFiles table = ofFile(request.table(), file);
            try (RowReader reader = open(table, all, wanted, file, range.first(), range.end(), request.maxRowBytes())) {
                while (next(reader, tuple, file, range.first())) {
                    if (tuple.length() > request.maxRowBytes()) {
                        throw tooLarge(request.maxRowBytes(), file.path(), "a row");
                    }
                    rows.row(tuple.array(), 0, tuple.length());
                    tuple.clear();
                    if (++read % ROWS_PER_LOOK == 0 && request.most() != null && System.nanoTime() > deadline) {
                        throw new GodwitException(
                                ErrorCode.SUBTASK_TOO_LARGE,
                                "reading " + file.path() + " took longer than " + request.most(),
                                "It is split again.");
                    }
                }
            }
        }
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
            return format.read(
                    content,
                    first,
                    content.isCompressed() ? Long.MAX_VALUE : end,
                    new Format.Reading(all, table.ours(), maxRowBytes),
                    wanted);
        } catch (MalformedRowException e) {
            throw malformed(e, file, 0);
        }
    }

    private boolean next(RowReader reader, FieldWriter tuple, StoredFile file, long first) throws IOException {
        try {
            return reader.next(tuple);
        } catch (MalformedRowException e) {
            throw malformed(e, file, first);
        }
    }

    /** Says the line of the file: those before the part are counted now. */
    private GodwitException malformed(MalformedRowException e, StoredFile file, long first) throws IOException {
        long before = 0;
        if (first > 0) {
            try (InputStream in = store.open(file.path(), 0, first)) {
                byte[] buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    for (int i = 0; i < read; i++) {
                        before += buffer[i] == '\n' ? 1 : 0;
                    }
                }
            }
        }
        String place = file.path() + ", line " + (before + e.line());
        if (e.isTooLarge()) {
            return new GodwitException(
                    ErrorCode.ROW_TOO_LARGE,
                    place + ": " + e.getMessage(),
                    "Raise the limit for rows, or mend the file.",
                    e);
        }
        return new GodwitException(
                ErrorCode.ROW_NOT_CONVERTIBLE,
                "connection " + connection.name() + ": " + place + ": " + e.getMessage(),
                "Mend the row, or declare the table's columns in a " + Manifest.SCHEMA + " beside it.",
                e);
    }

    private static GodwitException tooLarge(long limit, String path, String what) {
        return new GodwitException(
                ErrorCode.ROW_TOO_LARGE,
                path + ": " + what + " has more than " + limit + " bytes, which is the limit",
                "Raise the limit for rows, or leave its large columns out.");
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
        boolean itself = format.endings().stream()
                .flatMap(ending -> java.util.stream.Stream.of(ending, ending + Compression.ENDING))
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
