package io.godwit.planner.planning;

import io.godwit.core.job.Connection;
import io.godwit.core.plan.StepQuestion.Bounds;
import io.godwit.core.plan.StepQuestion.Marks;
import io.godwit.core.table.TableName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots and bounds of a step's source tables.
 *
 * @param snapshots names by {@link #placeOf place}
 * @param bounds by {@link #keyOf key}
 */
record HeldMarks(Map<String, String> snapshots, Map<String, Bounds> bounds) implements Marks {
    HeldMarks {
        snapshots = Map.copyOf(snapshots);
        bounds = Map.copyOf(bounds);
    }

    @Override
    public @Nullable String snapshot(Connection source, TableName table) {
        return snapshots.get(placeOf(source, table));
    }

    @Override
    public @Nullable Bounds bounds(Connection source, TableName table) {
        return bounds.get(keyOf(source, table));
    }

    /** A connection's database: what a snapshot is of. */
    static String placeOf(Connection source, TableName table) {
        return source.name() + "/" + (table.database() == null ? source.database() : table.database());
    }

    /** A table, unlike any other of any connection. */
    static String keyOf(Connection source, TableName table) {
        return source.name() + "/" + table;
    }
}
