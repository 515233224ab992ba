package io.godwit.core.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
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
        @Nullable Formula filter) {

    /** Without a filter. */
    public TablePlan(
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
            long maxRowBytes) {
        this(
                step,
                ordinal,
                source,
                definition,
                where,
                snapshot,
                sink,
                target,
                targetExists,
                mode,
                create,
                key,
                columns,
                quarantine,
                maxRowBytes,
                null);
    }

    public TablePlan {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** The same with another key and other columns. */
    public TablePlan with(List<String> otherKey, List<ColumnPlan> otherColumns) {
        return new TablePlan(
                step,
                ordinal,
                source,
                definition,
                where,
                snapshot,
                sink,
                target,
                targetExists,
                mode,
                create,
                otherKey,
                otherColumns,
                quarantine,
                maxRowBytes,
                filter);
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
