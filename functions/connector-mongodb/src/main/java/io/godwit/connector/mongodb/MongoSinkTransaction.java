package io.godwit.connector.mongodb;

import com.mongodb.MongoException;
import io.godwit.connector.UnitTransaction;
import io.godwit.connector.mongodb.StagedDocuments.DuplicateException;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.type.codec.InvalidValueException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The writing of one subtask: into a collection of its own, which the ledger's commit makes count. */
final class MongoSinkTransaction extends UnitTransaction {
    private final MongoSession session;
    private final MongoErrors errors;
    private final TablePlan plan;
    private final TupleFields fields;
    private @Nullable DocumentWriter writer;
    private @Nullable StagedDocuments staged;
    private long rows;

    MongoSinkTransaction(MongoSession session, SinkLedgers ledgers, MongoErrors errors, TablePlan plan, Duration most) {
        super(ledgers, plan, most);
        this.session = session;
        this.errors = errors;
        this.plan = plan;
        this.fields = new TupleFields(plan.columns().size());
    }

    @Override
    protected void writeRows(byte[] tuples, int offset, int length, int count) {
        SubtaskId subtask = subtask();
        if (staged == null) {
            AttemptId attempt = Objects.requireNonNull(claimed().attempt(), "a subtask is written by an attempt");
            staged = new StagedDocuments(session.collection(Staging.fresh(subtask, attempt)), plan.mode());
        }
        if (writer == null) {
            writer = new DocumentWriter(MongoColumn.of(plan), Identity.of(plan), Staging.ids(subtask));
        }
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
            refuse(
                    documents.key(fields, rows),
                    String.valueOf(e.getMessage()),
                    Arrays.copyOfRange(fields.bytes(), offset, offset + length));
            return;
        }
        into.add(document);
        passed(1);
    }

    private void refusing(Runnable work) {
        try {
            work.run();
        } catch (DuplicateException e) {
            throw refusal("of _id " + e.getMessage(), "another row of the subtask has the same");
        }
    }

    @Override
    protected void finishUnit() {
        StagedDocuments all = staged;
        if (all != null) {
            getOn();
            errors.run(doing(), () -> refusing(all::flush));
        }
    }

    @Override
    protected String unit() {
        StagedDocuments all = staged;
        return (all == null ? new Unit("", 0) : new Unit(all.name(), all.documents())).text();
    }

    @Override
    protected void discard() {
        try {
            if (staged != null) {
                staged.drop();
            }
        } catch (MongoException e) {
            // Litter among the step's collections, which go when the step is published or cancelled.
        }
    }
}
