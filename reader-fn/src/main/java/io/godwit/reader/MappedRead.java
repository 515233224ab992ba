package io.godwit.reader;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SecretResolver;
import io.godwit.core.row.RowConverter;
import io.godwit.core.row.SourceFields;
import io.godwit.core.table.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reading through a plan's mapping: which columns to ask the source for, and its rows as the wire's. */
final class MappedRead {
    private final TablePlan plan;
    private final SecretResolver secrets;
    private final List<Column> columns = new ArrayList<>();
    private long filtered;

    MappedRead(TablePlan plan, SecretResolver secrets) {
        this.plan = plan;
        this.secrets = secrets;
        for (Origin.SourceColumn field : SourceFields.of(plan.columns(), plan.filter())) {
            // Of kept rows only those that are read anew have columns of the source.
            if (!plan.replays() || plan.definition().column(field.name()).isPresent()) {
                columns.add(sourceColumn(field.name()));
            }
        }
    }

    /** The split, from the plan's snapshot where it has one, in so much time at most. */
    Source.ReadRequest request(Split split, Duration most) {
        return request(split, plan.snapshot(), most);
    }

    /** The split as it is now. */
    Source.ReadRequest requestNow(Split split) {
        return request(split, null, null);
    }

    /**
     * Takes the source's rows, and hands the wire's over; one that cannot be read or converted ends the reading.
     *
     * @throws GodwitException SECRET_NOT_FOUND where a key of an expression is missing or malformed
     */
    RowConsumer into(RowConsumer wire) {
        return into(wire, new Refusing(plan));
    }

    /** The same, where refused rows may be borne. */
    RowConsumer into(RowConsumer wire, RefusedRows refused) {
        RowConverter converter = new RowConverter(plan.columns(), plan.filter(), secrets::resolve);
        return new RowConsumer() {
            private @Nullable Supplier<String> place;

            @Override
            public void row(byte[] bytes, int offset, int length) {
                if (converter.isIdentity()) {
                    wire.row(bytes, offset, length);
                    return;
                }
                try {
                    if (!converter.convert(bytes, offset, length)) {
                        filtered++;
                        return;
                    }
                } catch (GodwitException refusal) {
                    refused.notConvertible(refusal, place, bytes, offset, length);
                    return;
                }
                requireSize(converter.length());
                wire.row(converter.bytes(), 0, converter.length());
            }

            @Override
            public void placedBy(Supplier<String> places) {
                place = places;
            }

            @Override
            public void malformed(MalformedRow row) {
                requireSize(Math.max(row.raw().length, row.context().length));
                refused.malformed(row);
            }
        };
    }

    /** How many rows the filter left out so far. */
    long filtered() {
        return filtered;
    }

    private void requireSize(int bytes) {
        if (bytes > plan.maxRowBytes()) {
            throw new GodwitException(
                    ErrorCode.ROW_TOO_LARGE,
                    plan.definition().name() + ": a row takes " + bytes
                            + " bytes once it is converted, more than the limit of " + plan.maxRowBytes(),
                    "Raise godwit.planner.planning.row-bytes, or leave such rows out by where or filter.");
        }
    }

    private Source.ReadRequest request(Split split, @Nullable String snapshot, @Nullable Duration most) {
        return new Source.ReadRequest(
                plan.definition(), columns, plan.where(), split, snapshot, plan.maxRowBytes(), most);
    }

    private Column sourceColumn(String name) {
        return plan.definition()
                .column(name)
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.DEFECT,
                        plan.definition().name() + ": the plan reads column " + name + ", which is not there",
                        "Report it: the plan contradicts itself."));
    }
}
