package io.godwit.reader;

import io.godwit.connector.MalformedRow;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.QuarantineCount;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.SourceFields;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.Key;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends refused rows to the sink's quarantine, through the exchange, up to the limits of the plan: they end the reading
 * here already, so that a file of nothing but malformed rows does not fill the exchange. Rows are gathered before they
 * are sent: a sink may have to break off its stream to take one.
 */
final class QuarantineBound implements RefusedRows {
    private static final int MOST_WAITING = 256 * 1024;

    /** Characters of a key's part that the place of a row shows. */
    private static final int MOST_OF_KEY = 200;

    private final TablePlan plan;
    private final QuarantineCount count;
    private final Consumer<byte[]> exchange;
    private final boolean withheld;
    private final List<Origin.SourceColumn> fields;
    private final List<byte[]> waiting = new ArrayList<>();
    private int waitingBytes;
    private @Nullable ReaderRefusal kept;

    /** @param exchange takes refused rows, encoded */
    QuarantineBound(TablePlan plan, SubtaskId subtask, Consumer<byte[]> exchange) {
        this.plan = plan;
        this.count = new QuarantineCount(plan, subtask);
        this.exchange = exchange;
        this.withheld = plan.hidesValues();
        this.fields = SourceFields.of(plan.columns(), plan.filter());
    }

    /** A row that was not refused. */
    void passed() {
        count.passed(1);
    }

    @Override
    public void malformed(MalformedRow row) {
        refuse(new ReaderRefusal(
                ErrorCode.ROW_NOT_CONVERTIBLE.name(),
                row.place(),
                row.reason(),
                row.isWhole() ? RowForm.RAW : RowForm.WITHHELD,
                "",
                row.context(),
                row.raw()));
    }

    @Override
    public void notConvertible(
            GodwitException refusal, @Nullable Supplier<String> place, byte[] tuple, int offset, int length) {
        if (refusal.code() != ErrorCode.ROW_NOT_CONVERTIBLE) {
            throw refusal;
        }
        byte[] row = Arrays.copyOfRange(tuple, offset, offset + length);
        refuse(new ReaderRefusal(
                refusal.code().name(),
                place == null ? key(row) : place.get(),
                String.valueOf(refusal.getMessage()),
                RowForm.SOURCE,
                row));
    }

    /** Sends what waits, and looks at the limits a last time. */
    void finish() {
        flush();
        count.finish();
    }

    /** A row that was kept before comes next: should it be refused again, it stays what it is, for another reason. */
    void replaying(ReaderRefusal row) {
        kept = row;
    }

    private void refuse(ReaderRefusal found) {
        ReaderRefusal refusal = found;
        if (kept != null) {
            refusal = new ReaderRefusal(
                    found.code(), kept.place(), found.reason(), kept.form(), kept.plan(), kept.context(), kept.row());
        } else if (withheld) {
            refusal = new ReaderRefusal(found.code(), found.place(), found.reason(), RowForm.WITHHELD, new byte[0]);
        }
        count.refused(refusal.tally(), refusal.place(), refusal.reason());
        byte[] encoded = refusal.encode();
        waiting.add(encoded);
        waitingBytes += encoded.length;
        if (waitingBytes > MOST_WAITING) {
            flush();
        }
    }

    private void flush() {
        waiting.forEach(exchange);
        waiting.clear();
        waitingBytes = 0;
    }

    /** {@code (id)=(5)}; a key that the plan does not read, or must not show, names nothing. */
    private String key(byte[] row) {
        Key key = plan.definition().primaryKey();
        List<String> names = fields.stream().map(Origin.SourceColumn::name).toList();
        if (withheld || key == null || !names.containsAll(key.columns())) {
            return "no key";
        }
        TupleFields tuple = new TupleFields(fields.size());
        tuple.of(row, 0, row.length);
        List<String> values = new ArrayList<>();
        for (String column : key.columns()) {
            int field = names.indexOf(column);
            Codec<Object> codec = Codecs.of(fields.get(field).type());
            String text = tuple.isNull(field) ? "NULL" : codec.format(codec.decode(tuple.copy(field)));
            values.add(text.length() > MOST_OF_KEY ? text.substring(0, MOST_OF_KEY) : text);
        }
        return "("
                + key.columns().stream().map(KeptRows::plain).collect(Collectors.joining(", "))
                + ")=(" + String.join(", ", values) + ")";
    }
}
