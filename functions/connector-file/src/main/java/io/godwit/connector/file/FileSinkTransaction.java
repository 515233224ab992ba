package io.godwit.connector.file;

import io.godwit.connector.Sink;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.RowWriter;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.NewFile;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.QuarantineCount;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The writing of one subtask: into files of its own, one a partition, which the ledger's commit makes count. */
final class FileSinkTransaction implements Sink.Transaction {
    /** So that memory, and what the store bears, stay bounded. */
    private static final int MOST_PARTITIONS = 64;

    private final FileStore store;
    private final FileOptions options;
    private final FileErrors errors;
    private final TablePlan plan;
    private final Duration most;
    private final long deadline;
    private final TupleFields fields;
    private final SinkLedgers.Writing writing;
    private final String id = UUID.randomUUID().toString();
    private @Nullable LedgerRow claimed;
    private final PartitionedRows partitioned;
    private final Map<String, OpenFile> files = new LinkedHashMap<>();
    private @Nullable QuarantineCount refused;
    private List<Manifest.Part> parts = List.of();
    private boolean ended;

    FileSinkTransaction(
            FileStore store,
            FileOptions options,
            SinkLedgers ledgers,
            FileErrors errors,
            TablePlan plan,
            Duration most) {
        this.store = store;
        this.options = options;
        this.errors = errors;
        this.plan = plan;
        this.most = most;
        this.deadline = System.nanoTime() + most.toNanos();
        this.fields = new TupleFields(plan.columns().size());
        this.partitioned = new PartitionedRows(FileSink.columns(plan), options.partitions());
        this.writing = ledgers.begin();
    }

    /** A file that is being written. */
    private static final class OpenFile {
        private final String path;
        private final NewFile target;
        private final OutputStream out;
        private final RowWriter rows;
        private long count;

        OpenFile(String path, NewFile target, FileOptions options, List<FileColumn> columns, IntSupplier files)
                throws IOException {
            this.path = path;
            this.target = target;
            this.out = options.compressed() ? new GZIPOutputStream(target, 1 << 16) : target;
            this.rows = options.format().write(out, columns, files);
        }

        Manifest.Part finish() throws IOException {
            rows.finish();
            if (out instanceof GZIPOutputStream compressed) {
                compressed.finish();
            }
            target.finish();
            target.close();
            return new Manifest.Part(path, count, target.bytes());
        }
    }

    @Override
    public RunRow lockRun() {
        return writing.lockRun(plan.step());
    }

    @Override
    public Optional<LedgerRow> claim(LedgerRow row) {
        Optional<LedgerRow> held = writing.claim(row);
        if (held.isEmpty()) {
            claimed = row;
            refused = plan.quarantine() == null ? null : new QuarantineCount(plan, row.subtask());
        }
        return held;
    }

    @Override
    public Optional<LedgerRow> find(SubtaskId subtask) {
        return writing.find(subtask);
    }

    @Override
    public void write(byte[] tuples, int offset, int length, int rows) {
        if (System.nanoTime() > deadline) {
            throw new GodwitException(
                    ErrorCode.SUBTASK_TOO_LARGE, doing() + " took longer than " + most, "It is split again.");
        }
        writing.working();
        errors.during(doing(), () -> {
            int at = offset;
            for (int i = 0; i < rows; i++) {
                at = fields.of(tuples, at, offset + length);
                OpenFile open = open(partitioned.folder(fields));
                open.rows.row(partitioned.rest(fields));
                open.count++;
            }
            if (refused != null) {
                refused.passed(rows);
            }
            return true;
        });
    }

    private OpenFile open(String partition) throws IOException {
        OpenFile file = files.get(partition);
        if (file == null) {
            if (files.size() == MOST_PARTITIONS) {
                throw new UnfitFilesException("rows of one subtask would lie in more than " + MOST_PARTITIONS
                        + " partitions, which is what is written at once; partition by fewer columns or by coarser"
                        + " values, or read in an order that keeps them together");
            }
            LedgerRow row = claimed();
            String path = Staging.file(row.subtask(), id, partition, files.size(), options.ending());
            file = new OpenFile(path, store.create(path), options, partitioned.inFile(), files::size);
            files.put(partition, file);
        }
        return file;
    }

    @Override
    public void refused(ReaderRefusal row) {
        if (refused == null) {
            throw new GodwitException(ErrorCode.DEFECT, "a reader refused a row of a plan without a quarantine", "");
        }
        writing.quarantine(claimed().subtask(), row.place(), row.code(), row.reason(), row.encode());
        refused.refused(row.tally(), row.place(), row.reason());
    }

    @Override
    public void replayed(KeptRows rows) {
        long open = writing.replayed(claimed().subtask(), rows);
        if (open != rows.rows().size()) {
            throw rows.taken(open);
        }
    }

    /** Only the reader refuses rows: a file takes what its types hold. */
    @Override
    public Tally finish() {
        LedgerRow row = claimed();
        Tally quarantined = refused == null ? Tally.ZERO : refused.finish();
        claimed = new LedgerRow(row.subtask(), row.attempt(), row.written().minus(quarantined), quarantined);
        List<Manifest.Part> finished = new ArrayList<>();
        for (OpenFile open : files.values()) {
            writing.working();
            finished.add(errors.during(doing(), open::finish));
        }
        parts = finished;
        return quarantined;
    }

    @Override
    public void commit() {
        // Whether a commit that failed took place is not known: its file must stay, and is litter at worst.
        ended = true;
        try {
            writing.commit(new SinkLedgers.Unit(claimed(), Manifest.text(parts)));
        } finally {
            writing.close();
        }
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            for (OpenFile file : files.values()) {
                file.target.close();
                store.delete(file.path);
            }
        } catch (IOException e) {
            // Litter in the step's folder, which goes when the step is published or cancelled.
        } finally {
            writing.close();
        }
    }

    private LedgerRow claimed() {
        if (claimed == null) {
            throw new GodwitException(ErrorCode.DEFECT, "rows were to be written before their subtask was claimed", "");
        }
        return claimed;
    }

    private String doing() {
        return "writing " + plan.target().display();
    }
}
