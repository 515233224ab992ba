package io.godwit.core.row;

import io.godwit.core.exchange.Batch;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.type.LogicalType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random rows, and ways to send and receive them. */
final class Rows {
    static final SubtaskId SUBTASK = new SubtaskId("job.20261122T020000Z/copy/0000/000000");
    static final AttemptId ATTEMPT = new AttemptId("0a");
    static final long MAX_ROW = 1 << 20;

    private Rows() {}

    static List<WireColumn> columns(int count) {
        List<WireColumn> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(new WireColumn("c" + i, LogicalType.Scalar.BYTEA));
        }
        return columns;
    }

    static byte[] random(Random random, int columns, int largestField) {
        byte @Nullable [][] fields = new byte[columns][];
        for (int i = 0; i < columns; i++) {
            if (random.nextInt(5) > 0) {
                fields[i] = new byte[random.nextInt(largestField + 1)];
                random.nextBytes(fields[i]);
            }
        }
        return TupleBuilder.tuple(Arrays.asList(fields));
    }

    /** A row that a reader refused. */
    static byte[] refused(Random random, int largestField) {
        byte[] raw = new byte[random.nextInt(largestField + 1)];
        random.nextBytes(raw);
        RowForm form = random.nextBoolean() ? RowForm.RAW : RowForm.SOURCE;
        return new ReaderRefusal("ROW_NOT_CONVERTIBLE", "line " + random.nextInt(99), "no 🦆", form, raw).encode();
    }

    static Tally encode(List<WireColumn> columns, int batchBytes, List<byte[]> rows, List<Batch> batches) {
        BatchEncoder encoder = new BatchEncoder(SUBTASK, ATTEMPT, columns, batchBytes, batches::add);
        for (byte[] row : rows) {
            if (ReaderRefusal.of(row).isPresent()) {
                encoder.refused(row);
            } else {
                encoder.row(row, 0, row.length);
            }
        }
        return encoder.finish();
    }

    /** Decodes, and cuts the runs into rows. */
    static Tally decode(List<WireColumn> columns, List<Batch> batches, List<byte[]> rows) {
        TupleFields fields = new TupleFields(columns.size());
        TupleRun tuples = (bytes, offset, length, count) -> {
            int before = rows.size();
            for (int at = offset; at < offset + length; ) {
                int end = fields.of(bytes, at, offset + length);
                rows.add(Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
            if (rows.size() - before != count) {
                throw new AssertionError("a run of " + (rows.size() - before) + " rows was called " + count);
            }
        };
        BatchDecoder decoder = new BatchDecoder(columns, MAX_ROW, tuples, refusal -> rows.add(refusal.encode()));
        batches.forEach(decoder::accept);
        return decoder.finish();
    }
}
