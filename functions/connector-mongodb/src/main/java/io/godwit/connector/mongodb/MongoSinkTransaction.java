package io.godwit.connector.mongodb;

import com.mongodb.MongoException;
import io.godwit.connector.Sink;
import io.godwit.connector.mongodb.StagedDocuments.DuplicateException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.QuarantineCount;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.RowHash;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.type.codec.InvalidValueException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The writing of one subtask: into a collection of its own, which the ledger's commit makes count. */
final class MongoSinkTransaction implements Sink.Transaction {
    private final MongoSession session;
    private final MongoErrors errors;
    private final TablePlan plan;
    private final Duration most;
    private final long deadline;
    private final TupleFields fields;
    private final SinkLedgers.Writing writing;
    private @Nullable LedgerRow claimed;
    private @Nullable QuarantineCount refused;
    private @Nullable DocumentWriter writer;
    private @Nullable StagedDocuments staged;
    private long rows;
    private boolean ended;

    MongoSinkTransaction(MongoSession session, SinkLedgers ledgers, MongoErrors errors, TablePlan plan, Duration most) {
        this.session = session;
        this.errors = errors;
        this.plan = plan;
        this.most = most;
        this.deadline = System.nanoTime() + most.toNanos();
        this.fields = new TupleFields(plan.columns().size());
        this.writing = ledgers.begin();
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
    public void write(byte[] tuples, int offset, int length, int count) {
        if (System.nanoTime() > deadline) {
            throw new GodwitException(
                    ErrorCode.SUBTASK_TOO_LARGE, doing() + " took longer than " + most, "It is split again.");
        }
        SubtaskId subtask = claimed().subtask();
        if (staged == null) {
            AttemptId attempt = Objects.requireNonNull(claimed().attempt(), "a subtask is written by an attempt");
            staged = new StagedDocuments(session.collection(Staging.fresh(subtask, attempt)), plan.mode());
        }
        if (writer == null) {
            writer = new DocumentWriter(MongoColumn.of(plan), Identity.of(plan), Staging.ids(subtask));
        }
        writing.working();
        StagedDocuments into = staged;
        DocumentWriter documents = writer;
        errors.run(
                doing(),
                () -> refusing(() -> {
                    int at = offset;
                    for (int i = 0; i < count; i++) {
                        int from = at;
                        at = fields.of(tuples, at, offset + length);
                        add(documents, into, from, at - from);
                        rows++;
                    }
                }));
    }

    /** The row that {@link #fields} sees, as a document; or into the quarantine, where it can be none. */
    private void add(DocumentWriter documents, StagedDocuments into, int offset, int length) {
        byte[] document;
        try {
            document = documents.document(fields, rows);
        } catch (InvalidValueException e) {
            refuse(documents.key(fields, rows), String.valueOf(e.getMessage()), offset, length);
            return;
        }
        into.add(document);
        if (refused != null) {
            refused.passed(1);
        }
    }

    private void refuse(String key, String why, int offset, int length) {
        if (refused == null) {
            throw refusal(key, why);
        }
        byte[] row = Arrays.copyOfRange(fields.bytes(), offset, offset + length);
        writing.quarantine(claimed().subtask(), key, ErrorCode.ROW_REFUSED.name(), why, row);
        refused.refused(new Tally(1, length, new Digest(RowHash.of(row, 0, length))), key, why);
    }

    private void refusing(Runnable work) {
        try {
            work.run();
        } catch (DuplicateException e) {
            throw refusal("of _id " + e.getMessage(), "another row of the subtask has the same");
        }
    }

    private GodwitException refusal(String key, String why) {
        return new GodwitException(
                ErrorCode.ROW_REFUSED,
                "table " + plan.target().display() + ", row " + key + ": " + why,
                "Mend the row in the source, or leave it out with filter:.");
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
    public void replayed(KeptRows kept) {
        long open = writing.replayed(claimed().subtask(), kept);
        if (open != kept.rows().size()) {
            throw kept.taken(open);
        }
    }

    @Override
    public Tally finish() {
        LedgerRow row = claimed();
        StagedDocuments all = staged;
        if (all != null) {
            errors.run(doing(), () -> refusing(all::flush));
        }
        Tally quarantined = refused == null ? Tally.ZERO : refused.finish();
        claimed = new LedgerRow(row.subtask(), row.attempt(), row.written().minus(quarantined), quarantined);
        return quarantined;
    }

    @Override
    public void commit() {
        // Whether a commit that failed took place is not known: its collection must stay, and is litter at worst.
        ended = true;
        StagedDocuments all = staged;
        Unit unit = all == null ? new Unit("", 0) : new Unit(all.name(), all.documents());
        try {
            writing.commit(new SinkLedgers.Unit(claimed(), unit.text()));
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
            if (staged != null) {
                staged.drop();
            }
        } catch (MongoException e) {
            // Litter among the step's collections, which go when the step is published or cancelled.
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
