package io.godwit.core.plan;

import static java.util.Objects.requireNonNull;

import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link TablePlan} of parts that are called by their names. Source, sink and the largest row are always named;
 * what else is not is what a job says that does not mention it.
 */
public final class TablePlanBuilder {
    private StepId step;
    private int ordinal;
    private @Nullable Connection source;
    private @Nullable TableDescription definition;
    private @Nullable String where;
    private @Nullable String snapshot;
    private @Nullable Connection sink;
    private @Nullable TableName target;
    private boolean targetExists;
    private WriteMode mode = WriteMode.APPEND;
    private CreateMode create = CreateMode.IF_MISSING;
    private List<String> key = List.of();
    private List<ColumnPlan> columns = List.of();
    private @Nullable Quarantine quarantine;
    private @Nullable Long maxRowBytes;
    private @Nullable Formula filter;
    private List<String> readWith = List.of();

    TablePlanBuilder(StepId step, int ordinal) {
        this.step = step;
        this.ordinal = ordinal;
    }

    public TablePlanBuilder step(StepId step) {
        this.step = step;
        return this;
    }

    public TablePlanBuilder ordinal(int ordinal) {
        this.ordinal = ordinal;
        return this;
    }

    public TablePlanBuilder source(Connection source, TableDescription definition) {
        this.source = source;
        this.definition = definition;
        return this;
    }

    public TablePlanBuilder where(@Nullable String where) {
        this.where = where;
        return this;
    }

    public TablePlanBuilder snapshot(@Nullable String snapshot) {
        this.snapshot = snapshot;
        return this;
    }

    public TablePlanBuilder sink(Connection sink, TableName target) {
        this.sink = sink;
        this.target = target;
        return this;
    }

    public TablePlanBuilder targetExists(boolean targetExists) {
        this.targetExists = targetExists;
        return this;
    }

    public TablePlanBuilder mode(WriteMode mode) {
        this.mode = mode;
        return this;
    }

    public TablePlanBuilder create(CreateMode create) {
        this.create = create;
        return this;
    }

    public TablePlanBuilder key(List<String> key) {
        this.key = key;
        return this;
    }

    public TablePlanBuilder columns(List<ColumnPlan> columns) {
        this.columns = columns;
        return this;
    }

    public TablePlanBuilder quarantine(@Nullable Quarantine quarantine) {
        this.quarantine = quarantine;
        return this;
    }

    public TablePlanBuilder maxRowBytes(long maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
        return this;
    }

    public TablePlanBuilder filter(@Nullable Formula filter) {
        this.filter = filter;
        return this;
    }

    public TablePlanBuilder readWith(List<String> readWith) {
        this.readWith = readWith;
        return this;
    }

    public TablePlan build() {
        return new TablePlan(
                step,
                ordinal,
                requireNonNull(source, "source"),
                requireNonNull(definition, "definition"),
                where,
                snapshot,
                requireNonNull(sink, "sink"),
                requireNonNull(target, "target"),
                targetExists,
                mode,
                create,
                key,
                columns,
                quarantine,
                requireNonNull(maxRowBytes, "maxRowBytes"),
                filter,
                readWith);
    }
}
