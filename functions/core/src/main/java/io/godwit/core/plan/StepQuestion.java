package io.godwit.core.plan;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Parameters;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a step before its tables are planned.
 *
 * @param sources in the order of the job file
 * @param marks of the step's source tables
 * @param maxRowBytes the largest row that a reader accepts
 */
public record StepQuestion(
        StepId id,
        Job.Step step,
        Parameters parameters,
        List<Described> sources,
        Connection sink,
        Marks marks,
        long maxRowBytes) {
    public StepQuestion {
        sources = List.copyOf(sources);
    }

    /** A source and the tables found in it, each name with its database. */
    public record Described(Connection connection, Migrate.From from, List<TableDescription> tables) {
        public Described {
            tables = List.copyOf(tables);
        }
    }

    /**
     * Which rows of an incremental table are new: above {@code low}, up to {@code high}, in the source's text form.
     *
     * @param low null: no run has completed yet
     * @param high null: no row has a value, so none is new
     */
    public record Bounds(
            String column, @Nullable String low, @Nullable String high) {}

    /** What was asked of sources beside their tables. */
    public interface Marks {
        /** Neither a snapshot nor bounds, for no table. */
        Marks NONE = new Marks() {
            @Override
            public @Nullable String snapshot(Connection source, TableName table) {
                return null;
            }

            @Override
            public @Nullable Bounds bounds(Connection source, TableName table) {
                return null;
            }
        };

        /** The snapshot to read the table from; null: each subtask its own. */
        @Nullable
        String snapshot(Connection source, TableName table);

        /** The bounds of an incremental table; null: all rows. */
        @Nullable
        Bounds bounds(Connection source, TableName table);
    }
}
