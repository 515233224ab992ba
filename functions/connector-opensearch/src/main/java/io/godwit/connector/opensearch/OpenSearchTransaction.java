package io.godwit.connector.opensearch;

import io.godwit.connector.UnitTransaction;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.AttemptId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The writing of one subtask: documents in the step's index, which its attempt's id marks and the ledger's commit makes
 * count. Documents of an attempt that ends otherwise are litter until the step is published.
 */
final class OpenSearchTransaction extends UnitTransaction {
    private static final int BULK_BYTES = 4 << 20;
    private static final int MOST_TRIES = 8;

    private final Cluster cluster;
    private final String index;
    private final TupleFields fields;
    private final List<String> columns;
    private final RowKey keys;
    private final Bulk bulk;
    private long settled;
    private long stored;

    OpenSearchTransaction(Cluster cluster, String index, SinkLedgers ledgers, TablePlan plan, Duration most) {
        super(ledgers, plan, most);
        this.cluster = cluster;
        this.index = index;
        this.fields = new TupleFields(plan.columns().size());
        this.columns = plan.columns().stream().map(ColumnPlan::target).toList();
        this.keys = new RowKey(plan);
        this.bulk = new Bulk(Mapping.columns(plan));
    }

    @Override
    protected void writeRows(byte[] tuples, int offset, int length, int rows) {
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
            getOn();
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
        passed(taken);
    }

    /** Puts the row of a document into the quarantine. */
    private void refuse(int document, String why) {
        byte[] row = bulk.row(document);
        refuse(keys.of(row, settled + document), why, row);
    }

    private GodwitException gone() {
        return cluster.error(
                ErrorCode.SINK_REFUSED,
                doing() + ": the step's index is gone, or closed to writers",
                "Start a new run; let nobody delete indices with -godwit- in their names.",
                null);
    }

    @Override
    protected void finishUnit() {
        send();
    }

    @Override
    protected String unit() {
        return String.valueOf(stored);
    }

    /** Its documents are none of the step's: nobody counts their attempt. */
    @Override
    protected void discard() {}
}
