package io.godwit.core.row;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.Batch;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts the rows of one attempt into batches, at row boundaries wherever a row fits into a batch, and tallies them. An
 * attempt with no rows makes no batch.
 */
public final class BatchEncoder {
    private final SubtaskId subtask;
    private final AttemptId attempt;
    private final int columns;
    private final Consumer<Batch> batches;
    private final byte[] columnList;
    private final byte[] buffer;
    private int filled;
    private int sequence;
    private int rowsInBatch;
    private long rows;
    private long bytes;
    private long digest;

    /**
     * @param batchBytes the largest payload, see {@link BatchFormat#DEFAULT_BATCH_BYTES}
     * @param batches takes each batch as soon as it is full; its payload is the callee's for good
     */
    public BatchEncoder(
            SubtaskId subtask, AttemptId attempt, List<WireColumn> columns, int batchBytes, Consumer<Batch> batches) {
        if (batchBytes < BatchFormat.MIN_BATCH_BYTES || batchBytes > BatchFormat.MAX_BATCH_BYTES) {
            throw new IllegalArgumentException("batches of " + batchBytes + " bytes");
        }
        this.subtask = subtask;
        this.attempt = attempt;
        this.columns = columns.size();
        this.batches = batches;
        this.columnList = ColumnList.encode(columns);
        this.buffer = new byte[batchBytes];
    }

    /**
     * Adds a row: one whole tuple. The bytes are copied.
     *
     * @throws GodwitException DEFECT where it has not as many fields as there are columns
     */
    public void row(byte[] tuple, int offset, int length) {
        if (length < 2 || ((tuple[offset] << 8) | (tuple[offset + 1] & 0xFF)) != columns) {
            throw new GodwitException(
                    ErrorCode.DEFECT, subtask + ": a row that has not " + columns + " fields was to be sent", "");
        }
        add(tuple, offset, length);
    }

    /** Adds a row that was refused, as {@link ReaderRefusal#encode} has it: it counts as a row. */
    public void refused(byte[] refusal) {
        add(refusal, 0, refusal.length);
    }

    private void add(byte[] row, int offset, int length) {
        if (rows == 0) {
            append(columnList, 0, columnList.length);
        }
        if (length > buffer.length - filled && length <= buffer.length) {
            flush();
        }
        append(row, offset, length);
        rowsInBatch++;
        rows++;
        bytes += length;
        digest += RowHash.of(row, offset, length);
    }

    /** Hands over the last batch, and says what was encoded. */
    public Tally finish() {
        if (filled > 0) {
            flush();
        }
        return new Tally(rows, bytes, new Digest(digest));
    }

    private void append(byte[] from, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > buffer.length - filled) {
            int piece = buffer.length - filled;
            System.arraycopy(from, at, buffer, filled, piece);
            filled = buffer.length;
            at += piece;
            left -= piece;
            flush();
        }
        System.arraycopy(from, at, buffer, filled, left);
        filled += left;
    }

    private void flush() {
        batches.accept(new Batch(subtask, attempt, sequence, rowsInBatch, Arrays.copyOf(buffer, filled)));
        sequence++;
        rowsInBatch = 0;
        filled = 0;
    }
}
