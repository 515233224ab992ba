package io.godwit.planner.planning;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Parameters;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a step before its tables are planned.
 *
 * @param sources in the order of the job file
 * @param snapshots names by connection and database, where readers hold any
 * @param bounds of incremental tables, by connection and table
 * @param maxRowBytes the largest row
 */
public record StepQuestion(
        StepId id,
        Job.Step step,
        Parameters parameters,
        List<Described> sources,
        Connection sink,
        Map<String, String> snapshots,
        Map<String, Bounds> bounds,
        long maxRowBytes) {
    public StepQuestion {
        sources = List.copyOf(sources);
        snapshots = Map.copyOf(snapshots);
        bounds = Map.copyOf(bounds);
    }

    /** A source and the tables found in it. */
    public record Described(Connection connection, Migrate.From from, List<TableDescription> tables) {
        public Described {
            tables = List.copyOf(tables);
        }
    }

    /**
     * Which rows of an incremental table are new: above {@code low}, up to {@code high}.
     *
     * @param low in the source's text form; null: no run has completed yet
     * @param high null: no row has a value, so none is new
     */
    public record Bounds(
            String column, @Nullable String low, @Nullable String high) {}

    Optional<String> snapshotOf(Connection source, TableName table) {
        return Optional.ofNullable(snapshots.get(placeOf(source, table)));
    }

    Optional<Bounds> boundsOf(Connection source, TableName table) {
        return Optional.ofNullable(bounds.get(keyOf(source, table)));
    }

    /** A connection's database. */
    static String placeOf(Connection source, TableName table) {
        return source.name() + "/" + (table.database() == null ? source.database() : table.database());
    }

    /** A table, unlike any other of any connection. */
    static String keyOf(Connection source, TableName table) {
        return source.name() + "/" + table;
    }

    StepQuestion with(Map<String, String> heldSnapshots, Map<String, Bounds> knownBounds) {
        return new StepQuestion(id, step, parameters, sources, sink, heldSnapshots, knownBounds, maxRowBytes);
    }
}
