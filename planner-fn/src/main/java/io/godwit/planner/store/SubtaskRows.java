package io.godwit.planner.store;

import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New subtasks of a step, stored many at a time. Their positions are those in which they are added. */
final class SubtaskRows {
    private final StepId step;
    private final @Nullable StepId together;
    private final List<String> ids = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final List<String> sinks = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final List<String> tables = new ArrayList<>();
    private final List<String> splits = new ArrayList<>();
    private final List<@Nullable String> readers = new ArrayList<>();
    private final List<Long> rows = new ArrayList<>();
    private final List<Long> bytes = new ArrayList<>();
    private int next;

    /**
     * Of one step.
     *
     * @param together the first of the steps whose subtasks of the same place are read together; null: none are
     */
    SubtaskRows(StepId step, @Nullable String together) {
        this.step = step;
        this.together = together == null ? null : StepId.of(step.run(), together);
    }

    void add(TablePlan table, int ordinal, PlannedSplit split) {
        ids.add(SubtaskId.of(step, table.ordinal(), ordinal).value());
        sources.add(table.source().name());
        sinks.add(table.sink().name());
        positions.add(next++);
        tables.add(table.id());
        readers.add(
                together == null
                        ? null
                        : SubtaskId.of(together, table.ordinal(), ordinal).value());
        splits.add(Json.text(split.split()));
        rows.add(split.estimatedRows());
        bytes.add(split.estimatedBytes());
    }

    int size() {
        return ids.size();
    }

    void store(Session session) {
        if (ids.isEmpty()) {
            return;
        }
        session.sql(
                        """
                        insert into planner.subtask
                            (id, run, step, source, sink, position, table_plan, split, estimated_rows, estimated_bytes,
                             together)
                        select n.id, ?, ?, n.source, n.sink, n.position, n.table_plan, n.split, n.rows, n.bytes, n.together
                        from unnest(?::text[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[], ?::bigint[],
                                ?::bigint[], ?::text[])
                            as n (id, source, sink, position, table_plan, split, rows, bytes, together)
                        """,
                        step.run().value(),
                        step.step(),
                        ids,
                        sources,
                        sinks,
                        positions,
                        tables,
                        splits,
                        rows,
                        bytes,
                        readers)
                .update();
        List.of(ids, sources, sinks, positions, tables, splits, rows, bytes, readers)
                .forEach(List::clear);
    }
}
