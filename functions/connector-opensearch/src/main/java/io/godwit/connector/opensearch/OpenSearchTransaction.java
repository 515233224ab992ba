package io.godwit.connector.opensearch;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.ColumnPlan;
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
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one subtask: documents in the step's index, which its attempt's id marks and the ledger's commit makes
 * count. Documents of an attempt that ends otherwise are litter until the step is published.
 */
final class OpenSearchTransaction implements Sink.Transaction {
    private static final int BULK_BYTES = 4 << 20;
    private static final int MOST_TRIES = 8;

    private final Cluster cluster;
    private final String index;
    private final TablePlan plan;
    private final Duration most;
    private final long deadline;
    private final TupleFields fields;
    private final List<String> columns;
    private final RowKey keys;
    private final Bulk bulk;
    private final SinkLedgers.Writing writing;
    private @Nullable LedgerRow claimed;
    private @Nullable QuarantineCount refused;
    private long settled;
    private long stored;
    private boolean ended;

    OpenSearchTransaction(Cluster cluster, String index, SinkLedgers ledgers, TablePlan plan, Duration most) {
        this.cluster = cluster;
        this.index = index;
        this.plan = plan;
        this.most = most;
        this.deadline = System.nanoTime() + most.toNanos();
        this.fields = new TupleFields(plan.columns().size());
        this.columns = plan.columns().stream().map(ColumnPlan::target).toList();
        this.keys = new RowKey(plan);
        this.bulk = new Bulk(Mapping.columns(plan));
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
    public void write(byte[] tuples, int offset, int length, int rows) {
        writing.working();
        AttemptId attempt = Objects.requireNonNull(claimed().attempt(), "a subtask is written by an attempt");
        int at = offset;
        for (int i = 0; i < rows; i++) {
            int from = at;
            at = fields.of(tuples, from, offset + length);
            bulk.add(attempt + "-" + (settled + bulk.documents()), attempt.toString(), fields, from, at - from);
            if (bulk.bytes() >= BULK_BYTES) {
                send();
            }
        }
    }

    private void send() {
        if (bulk.documents() > 0) {
            send(0, bulk.documents());
            settled += bulk.documents();
            bulk.clear();
        }
    }

    /** Once it is answered, it is on the disks of the cluster. Sent again, it comes to the same. */
    private void send(int from, int to) {
        byte[] body = bulk.body(from, to);
        for (int tries = 1; ; tries++) {
            writing.working();
            if (System.nanoTime() > deadline) {
                throw new GodwitException(
                        ErrorCode.SUBTASK_TOO_LARGE, doing() + " took longer than " + most, "It is split again.");
            }
            Cluster.Answer answer = cluster.bulk(
                    doing(),
                    "/" + Names.inPath(Names.writing(index)) + "/_bulk?require_alias=true&filter_path="
                            + BulkAnswer.FILTER,
                    body);
            if (answer.isRequestTooLarge()) {
                halve(from, to, body.length);
                return;
            }
            if (!answer.isThere()) {
                throw gone();
            }
            BulkAnswer said = BulkAnswer.of(answer.json(), columns);
            if (said.documents() != to - from) {
                throw cluster.error(
                        ErrorCode.SINK_INTERRUPTED,
                        doing() + ": not every document was answered",
                        "Try it again.",
                        null);
            }
            if (!said.busy()) {
                settle(said, from, to);
                return;
            }
            if (tries == MOST_TRIES) {
                throw cluster.error(
                        ErrorCode.SINK_INTERRUPTED,
                        doing() + ": the cluster is too busy",
                        "It is tried again by itself. Lower limits.writes of the connection.",
                        null);
            }
            cluster.pause(tries);
        }
    }

    /** The cluster takes no request of that size. */
    private void halve(int from, int to, int bytes) {
        if (to - from == 1) {
            refuse(from, "a document of " + bytes + " bytes, which is more than the cluster takes");
            return;
        }
        int middle = (from + to) >>> 1;
        send(from, middle);
        send(middle, to);
    }

    private void settle(BulkAnswer said, int from, int to) {
        if (said.gone()) {
            throw gone();
        }
        if (said.failure() != null) {
            throw cluster.error(
                    ErrorCode.SINK_REFUSED,
                    doing() + ": a document was answered with " + said.failure(),
                    "Look into the cluster's log.",
                    null);
        }
        said.refused().forEach((document, why) -> refuse(from + document, why));
        int taken = to - from - said.refused().size();
        stored += taken;
        if (refused != null) {
            refused.passed(taken);
        }
    }

    /** Puts the row of a document into the quarantine. */
    private void refuse(int document, String why) {
        byte[] row = bulk.row(document);
        String key = keys.of(row, settled + document);
        if (refused == null) {
            throw new GodwitException(
                    ErrorCode.ROW_REFUSED,
                    "table " + plan.target().display() + ", row " + key + ": " + why,
                    "Mend the row and retry the run, leave it out with filter:, or allow the job a quarantine.");
        }
        writing.quarantine(claimed().subtask(), key, ErrorCode.ROW_REFUSED.name(), why, row);
        refused.refused(new Tally(1, row.length, new Digest(RowHash.of(row, 0, row.length))), key, why);
    }

    private GodwitException gone() {
        return cluster.error(
                ErrorCode.SINK_REFUSED,
                doing() + ": the step's index is gone, or closed to writers",
                "Start a new run; let nobody delete indices with -godwit- in their names.",
                null);
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
        send();
        Tally quarantined = refused == null ? Tally.ZERO : refused.finish();
        claimed = new LedgerRow(row.subtask(), row.attempt(), row.written().minus(quarantined), quarantined);
        return quarantined;
    }

    @Override
    public void commit() {
        ended = true;
        try {
            writing.commit(new SinkLedgers.Unit(claimed(), String.valueOf(stored)));
        } finally {
            writing.close();
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
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
