package io.godwit.core.row;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.Batch;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the batches of one attempt in their order, checks every byte that gives them structure, tallies their rows and
 * hands these over: those that lie whole in a batch in one run and uncopied, one that ran over batches by itself, and
 * one that the reader refused by itself.
 */
public final class BatchDecoder {
    private static final String REMEDY = "The split is read again under a new attempt.";

    private final byte[] columnList;
    private final int columns;
    private final TupleRun consumer;
    private final Consumer<ReaderRefusal> refusals;
    private final PartialTuple partial;
    private int columnListRead;
    private @Nullable Batch first;
    private int nextSequence;
    private long rows;
    private long bytes;
    private long digest;

    /** Of a plan without a quarantine: no reader refuses rows of it. */
    public BatchDecoder(List<WireColumn> expected, long maxRowBytes, TupleRun consumer) {
        this(expected, maxRowBytes, consumer, refusal -> {
            throw new GodwitException(ErrorCode.DEFECT, "a row was refused where the plan has no quarantine", "");
        });
    }

    /**
     * @param expected what the plan says the column list is
     * @param maxRowBytes a row that runs over batches is put together up to this size
     * @param refusals takes what the reader refused; such rows count as rows
     */
    public BatchDecoder(
            List<WireColumn> expected, long maxRowBytes, TupleRun consumer, Consumer<ReaderRefusal> refusals) {
        this.columnList = ColumnList.encode(expected);
        this.columns = expected.size();
        this.consumer = consumer;
        this.refusals = refusals;
        // What the reader says of a row that it refuses comes on top of the row, a context as large as it at most.
        this.partial = new PartialTuple(columns, 2 * maxRowBytes + ReaderRefusal.MOST_WORDS);
    }

    /**
     * Takes the next batch.
     *
     * @throws GodwitException EXCHANGE_RECORDS_LOST where it is not the next of its attempt, its column list is not the
     *     plan's, its bytes are not tuples, or not as many of them as it says end in it. Whole rows before the fault
     *     may have been handed over.
     */
    public void accept(Batch batch) {
        checkPlace(batch);
        byte[] payload = batch.payload();
        long rowsBefore = rows;
        int at = readColumnList(batch);
        try {
            if (!partial.isEmpty()) {
                at = resume(payload, at);
            }
            at = wholeTuples(payload, at);
            partial.take(payload, at, payload.length);
        } catch (MalformedTupleException malformed) {
            throw lost(batch, malformed.getMessage());
        }
        if (rows - rowsBefore != batch.rows()) {
            throw lost(batch, (rows - rowsBefore) + " rows end in it, not " + batch.rows());
        }
    }

    /**
     * Says what was decoded.
     *
     * @throws GodwitException EXCHANGE_RECORDS_LOST where the last batch ended within a row or the column list
     */
    public Tally finish() {
        if (first != null && (!partial.isEmpty() || columnListRead < columnList.length)) {
            throw lost(first, "the attempt's last batch is missing");
        }
        return new Tally(rows, bytes, new Digest(digest));
    }

    private void checkPlace(Batch batch) {
        if (first == null) {
            first = batch;
        }
        if (!batch.subtask().equals(first.subtask()) || !batch.attempt().equals(first.attempt())) {
            throw lost(batch, "it lies among batches of " + first.subtask() + " attempt " + first.attempt());
        }
        if (batch.sequence() != nextSequence) {
            throw lost(batch, "batch " + nextSequence + " was expected");
        }
        nextSequence++;
    }

    private int readColumnList(Batch batch) {
        byte[] payload = batch.payload();
        int here = Math.min(payload.length, columnList.length - columnListRead);
        if (!Arrays.equals(payload, 0, here, columnList, columnListRead, columnListRead + here)) {
            throw lost(batch, "its column list is not the plan's");
        }
        columnListRead += here;
        return here;
    }

    private int resume(byte[] payload, int from) throws MalformedTupleException {
        int at = partial.take(payload, from, payload.length);
        if (partial.isWhole()) {
            if (partial.isRefusal()) {
                refusal(partial.bytes(), 0, partial.length());
            } else {
                count(1, partial.length(), RowHash.of(partial.bytes(), 0, partial.length()));
                consumer.tuples(partial.bytes(), 0, partial.length(), 1);
            }
            partial.clear();
        }
        return at;
    }

    /** Hands over what lies whole between {@code from} and the payload's end, and says where it ends. */
    private int wholeTuples(byte[] payload, int from) throws MalformedTupleException {
        int at = run(payload, from);
        while (at < payload.length && TupleWalk.end(payload, at, payload.length, columns) == TupleWalk.REFUSAL) {
            int end = TupleWalk.endOfRefusal(payload, at, payload.length);
            if (end == TupleWalk.RUNS_ON) {
                break;
            }
            if (end == TupleWalk.MALFORMED) {
                throw new MalformedTupleException("its bytes are not a row that was refused");
            }
            refusal(payload, at, end);
            at = run(payload, end);
        }
        return at;
    }

    /** Hands over tuples that lie side by side, and says where what is none begins. */
    private int run(byte[] payload, int from) throws MalformedTupleException {
        int at = from;
        int found = 0;
        long hashes = 0;
        while (at < payload.length) {
            int end = TupleWalk.end(payload, at, payload.length, columns);
            if (end < 0) {
                if (end == TupleWalk.MALFORMED) {
                    throw new MalformedTupleException("its bytes are not rows of " + columns + " columns");
                }
                break;
            }
            hashes += RowHash.of(payload, at, end - at);
            found++;
            at = end;
        }
        if (found > 0) {
            count(found, at - from, hashes);
            consumer.tuples(payload, from, at - from, found);
        }
        return at;
    }

    private void refusal(byte[] bytes, int from, int end) throws MalformedTupleException {
        ReaderRefusal refusal = ReaderRefusal.decode(bytes, from);
        count(1, end - from, RowHash.of(bytes, from, end - from));
        refusals.accept(refusal);
    }

    private void count(int moreRows, long moreBytes, long hashes) {
        rows += moreRows;
        bytes += moreBytes;
        digest += hashes;
    }

    private static GodwitException lost(Batch batch, @Nullable String what) {
        return new GodwitException(
                ErrorCode.EXCHANGE_RECORDS_LOST,
                batch.subtask() + " attempt " + batch.attempt() + " batch " + batch.sequence() + ": " + what,
                REMEDY);
    }
}
