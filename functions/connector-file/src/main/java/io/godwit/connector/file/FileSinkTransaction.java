package io.godwit.connector.file;

import io.godwit.connector.UnitTransaction;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.RowWriter;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.NewFile;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.row.TupleFields;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.zip.GZIPOutputStream;

/** The writing of one subtask: into files of its own, one a partition, which the ledger's commit makes count. */
final class FileSinkTransaction extends UnitTransaction {
    /** So that memory, and what the store bears, stay bounded. */
    private static final int MOST_PARTITIONS = 64;

    private final FileStore store;
    private final FileOptions options;
    private final FileErrors errors;
    private final TupleFields fields;
    private final String id = UUID.randomUUID().toString();
    private final PartitionedRows partitioned;
    private final Map<String, OpenFile> files = new LinkedHashMap<>();
    private List<Manifest.Part> parts = List.of();

    FileSinkTransaction(
            FileStore store,
            FileOptions options,
            SinkLedgers ledgers,
            FileErrors errors,
            TablePlan plan,
            Duration most) {
        super(ledgers, plan, most);
        this.store = store;
        this.options = options;
        this.errors = errors;
        this.fields = new TupleFields(plan.columns().size());
        this.partitioned = new PartitionedRows(FileSink.columns(plan), options.partitions());
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
    protected void writeRows(byte[] tuples, int offset, int length, int rows) {
        errors.during(doing(), () -> {
            int at = offset;
            for (int i = 0; i < rows; i++) {
                at = fields.of(tuples, at, offset + length);
                OpenFile open = open(partitioned.folder(fields));
                open.rows.row(partitioned.rest(fields));
                open.count++;
            }
            return true;
        });
        passed(rows);
    }

    private OpenFile open(String partition) throws IOException {
        OpenFile file = files.get(partition);
        if (file == null) {
            if (files.size() == MOST_PARTITIONS) {
                throw new UnfitFilesException("rows of one subtask would lie in more than " + MOST_PARTITIONS
                        + " partitions, which is what is written at once; partition by fewer columns or by coarser"
                        + " values, or read in an order that keeps them together");
            }
            String path = Staging.file(subtask(), id, partition, files.size(), options.ending());
            file = new OpenFile(path, store.create(path), options, partitioned.inFile(), files::size);
            files.put(partition, file);
        }
        return file;
    }

    @Override
    protected void finishUnit() {
        List<Manifest.Part> finished = new ArrayList<>();
        for (OpenFile open : files.values()) {
            getOn();
            finished.add(errors.during(doing(), open::finish));
        }
        parts = finished;
    }

    @Override
    protected String unit() {
        return Manifest.text(parts);
    }

    @Override
    protected void discard() {
        try {
            for (OpenFile file : files.values()) {
                file.target.close();
                store.delete(file.path);
            }
        } catch (IOException e) {
            // Litter in the step's folder, which goes when the step is published or cancelled.
        }
    }
}
