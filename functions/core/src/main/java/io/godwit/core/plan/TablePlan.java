package io.godwit.core.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.expression.Expression;
import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One source table into one target table: an immutable document that readers and writers fetch by its id. Parameters
 * are resolved, connections pinned.
 *
 * @param step the step of the run that it belongs to
 * @param ordinal its place in the step, from 0
 * @param source the connection to read, its database being the table's
 * @param definition the source table as it was described when the run was planned
 * @param where SQL condition on the source, parameters and watermark bounds resolved; null: all rows
 * @param snapshot the exported snapshot to read from; null: each subtask its own
 * @param sink the connection to write
 * @param target the target table
 * @param targetExists whether it stood there when the run was planned
 * @param key the target's columns by which rows meet; empty where the mode needs none
 * @param columns in the order of the batches' fields
 * @param quarantine how many refused rows are borne; null: none
 * @param maxRowBytes the largest row that a reader accepts, in bytes of the wire's form
 * @param filter condition of the rows that a reader passes on; null: all
 * @param readWith the other steps of the run that get the same rows, by name: whichever of them is read, all take its
 *     batches
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TablePlan(
        StepId step,
        int ordinal,
        Connection source,
        TableDescription definition,
        @Nullable String where,
        @Nullable String snapshot,
        Connection sink,
        TableName target,
        boolean targetExists,
        WriteMode mode,
        CreateMode create,
        List<String> key,
        List<ColumnPlan> columns,
        @Nullable Quarantine quarantine,
        long maxRowBytes,
        @Nullable Formula filter,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> readWith) {

    @SuppressWarnings("NullAway") // absent in JSON
    public TablePlan {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        readWith = readWith == null ? List.of() : List.copyOf(readWith);
    }

    /** A plan to be made, of parts with names. */
    public static TablePlanBuilder builder(StepId step, int ordinal) {
        return new TablePlanBuilder(step, ordinal);
    }

    /** The same plan, some of whose parts will be others. */
    public TablePlanBuilder toBuilder() {
        return builder(step, ordinal)
                .source(source, definition)
                .where(where)
                .snapshot(snapshot)
                .sink(sink, target)
                .targetExists(targetExists)
                .mode(mode)
                .create(create)
                .key(key)
                .columns(columns)
                .quarantine(quarantine)
                .maxRowBytes(maxRowBytes)
                .filter(filter)
                .readWith(readWith);
    }

    /**
     * Whether values are hidden on their way to the target. A row that the reader refuses is then kept without its
     * values: the quarantine must not show what the target does not.
     */
    public boolean hidesValues() {
        return columns.stream()
                .anyMatch(column -> column.origin() instanceof Origin.Computed computed
                        && Expression.parse(computed.formula().text()).hidesValues());
    }

    /** Whether it replays rows of a quarantine: {@link KeptRows} says which, for each of its subtasks. */
    public boolean replays() {
        return definition.kind().equals(KeptRows.KIND);
    }

    /**
     * The same for rows that a quarantine kept: they were borne once, and are if they are refused again.
     *
     * @param place its ordinal in its step
     * @param from the connection by which its rows are reached
     * @param rows how many they are
     */
    public TablePlan replaying(
            int place, Connection from, List<ColumnPlan> kept, @Nullable Formula keptFilter, long rows) {
        TableDescription table = new TableDescription(
                definition.name(),
                KeptRows.KIND,
                definition.columns(),
                definition.primaryKey(),
                definition.uniqueKeys(),
                definition.indexes(),
                definition.foreignKeys(),
                definition.checks(),
                List.of(),
                definition.comment(),
                rows,
                definition.estimatedBytes());
        return toBuilder()
                .ordinal(place)
                .source(from, table)
                .where(null)
                .snapshot(null)
                .columns(kept)
                .quarantine(new Quarantine(null, null))
                .filter(keptFilter)
                .readWith(List.of())
                .build();
    }

    /** The id of the plan that a subtask is of. */
    public static String idOf(SubtaskId subtask) {
        return id(subtask.step(), subtask.table());
    }

    /** The document's id in the control store: {@code RUN/STEP/TABLE}. */
    public String id() {
        return id(step, ordinal);
    }

    /**
     * Refuses an event that names another table's plan than its subtask's: it would move rows of one run under the name
     * of another.
     *
     * @throws GodwitException EVENT_MALFORMED
     */
    public static void requireOf(SubtaskId subtask, String tablePlan) {
        if (!tablePlan.equals(id(subtask.step(), subtask.table()))) {
            throw foreign("subtask " + subtask + " is no part of table plan " + tablePlan);
        }
    }

    /**
     * Refuses an event by which a subtask would be written from another's rows, unless both are the same split of the
     * same table, read for both.
     *
     * @throws GodwitException EVENT_MALFORMED
     */
    public void requireReadFor(SubtaskId subtask, SubtaskId reader) {
        boolean own = reader.equals(subtask);
        boolean shared = reader.run().equals(subtask.run())
                && readWith.contains(reader.step().step())
                && reader.table() == subtask.table()
                && reader.split() == subtask.split();
        if (!own && !shared) {
            throw foreign("subtask " + subtask + " does not get the rows of " + reader);
        }
    }

    /**
     * Refuses a split that cannot be one of this table: of a partition or by columns that it does not have. What it
     * reads would be another table's rows.
     *
     * @throws GodwitException EVENT_MALFORMED
     */
    public void requirePart(Split split) {
        TableName partition = split.partition();
        boolean known = partition == null
                || definition.partitions().stream()
                        .anyMatch(one -> one.name().equals(partition.name())
                                && Objects.equals(one.schema(), partition.schema()));
        if (!known) {
            throw foreign(id() + ": " + partition + " is no partition of " + definition.name());
        }
        if (split instanceof Split.KeyRange range) {
            range.columns().stream()
                    .filter(column -> definition.column(column).isEmpty())
                    .findFirst()
                    .ifPresent(column -> {
                        throw foreign(id() + ": " + definition.name() + " has no column " + column);
                    });
        }
    }

    private static GodwitException foreign(String what) {
        return new GodwitException(
                ErrorCode.EVENT_MALFORMED, what, "No planner sends this: find out who may send events to the broker.");
    }

    private static String id(StepId step, int ordinal) {
        return step + "/" + ordinal;
    }
}
