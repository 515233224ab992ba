package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.TypeDecision;
import io.godwit.core.type.TypeLattice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mapping for rows that a target refused: what is left of them are the target's values, not the source's. A column
 * whose origin is what it was takes the stored value, so that nothing is computed twice; one of another origin can be
 * had where the values that it needs came along unchanged.
 *
 * @param then the plan by which the rows were made, its origins being the source's
 */
public record StoredValues(TablePlan then) {

    /**
     * The plan as it is now, of what is stored.
     *
     * @param ordinal its place in its step
     * @param sink where the rows lie
     * @param rows how many they are
     * @throws GodwitException as {@link #columns}
     */
    public TablePlan replaying(TablePlan now, int ordinal, Connection sink, long rows) {
        List<ColumnPlan> columns = columns(now);
        return now.toBuilder()
                .source(now.source(), StoredTable.of(now, columns))
                .build()
                .replaying(ordinal, sink, columns, filter(now), rows);
    }

    /**
     * The columns of the plan as it is now, made of what is stored.
     *
     * @throws GodwitException SOURCE_COLUMN_NOT_FOUND or TYPE_INCOMPATIBLE where they cannot be had
     */
    public List<ColumnPlan> columns(TablePlan now) {
        List<ColumnPlan> columns = new ArrayList<>();
        for (ColumnPlan column : now.columns()) {
            columns.add(new ColumnPlan(column.target(), origin(column), column.wireType(), column.targetNativeType()));
        }
        return columns;
    }

    /** The filter as it is now; null where the rows have passed it already. */
    public @Nullable Formula filter(TablePlan now) {
        Formula filter = now.filter();
        return filter == null || filter.equals(then.filter()) ? null : onUnchanged(filter, "the filter");
    }

    private Origin origin(ColumnPlan column) {
        Optional<ColumnPlan> same = then.columns().stream()
                .filter(before -> before.target().equals(column.target())
                        && before.origin().equals(column.origin()))
                .findFirst();
        if (same.isPresent()) {
            return stored(same.get(), column.wireType());
        }
        if (column.origin() instanceof Origin.SourceColumn source) {
            return stored(
                    then.columns().stream()
                            .filter(before -> isOf(before, source))
                            .findFirst()
                            .orElseThrow(() -> missing(source.name(), "column " + column.target())),
                    column.wireType());
        }
        if (column.origin() instanceof Origin.Computed computed) {
            return new Origin.Computed(onUnchanged(computed.formula(), "column " + column.target()));
        }
        return column.origin();
    }

    private Origin.SourceColumn stored(ColumnPlan before, LogicalType wanted) {
        TypeDecision way = TypeLattice.decide(before.wireType(), wanted);
        if (way.kind() == TypeDecision.Kind.IMPOSSIBLE) {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    then.target().display() + ": the kept rows have column " + before.target() + " as "
                            + before.wireType().notation() + ": " + way.reason(),
                    "Choose a type that holds it, or export the rows, mend them and load them.");
        }
        // What was lost on the way to the type that it has would pass for the source's value.
        boolean isNarrowed = before.origin() instanceof Origin.SourceColumn source
                && !before.wireType().equals(wanted)
                && !TypeLattice.decide(source.type(), before.wireType()).isLossless();
        if (isNarrowed) {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    then.target().display() + ": the kept rows have column " + before.target() + " narrowed to "
                            + before.wireType().notation() + ", not as the source had it, and it is to be "
                            + wanted.notation(),
                    "Let it have the type that it had, or run the job once more.");
        }
        return new Origin.SourceColumn(KeptRows.stored(before.target()), before.wireType());
    }

    /** Columns that a formula reads must be there in the source's own type. */
    private Formula onUnchanged(Formula formula, String what) {
        for (Origin.SourceColumn source : formula.columns()) {
            boolean unchanged =
                    then.columns().stream().anyMatch(before -> isOf(before, source) && before.passesThrough());
            if (!unchanged) {
                throw missing(source.name(), what);
            }
        }
        return formula;
    }

    private static boolean isOf(ColumnPlan before, Origin.SourceColumn source) {
        return before.origin() instanceof Origin.SourceColumn column
                && Objects.equals(column.name(), source.name())
                && column.type().equals(source.type());
    }

    private GodwitException missing(String source, String what) {
        return new GodwitException(
                ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                then.target().display() + ": " + what + " needs column " + source
                        + " of the source, which rows that the target refused do not have as it was",
                "Map it as it was, or export the rows, mend them and load them.");
    }
}
