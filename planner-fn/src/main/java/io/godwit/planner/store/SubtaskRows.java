package io.godwit.planner.store;

import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.platform.json.Json;
import java.util.ArrayList;
import java.util.List;

/** New subtasks of a step, stored many at a time. Their positions are those in which they are added. */
final class SubtaskRows {
    private final StepId step;
    private final List<String> ids = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final List<String> sinks = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final List<String> tables = new ArrayList<>();
    private final List<String> splits = new ArrayList<>();
    private final List<Long> rows = new ArrayList<>();
    private final List<Long> bytes = new ArrayList<>();
    private int next;

    SubtaskRows(StepId step) {
        this.step = step;
    }

    void add(TablePlan table, int ordinal, PlannedSplit split) {
        ids.add(SubtaskId.of(step, table.ordinal(), ordinal).value());
        sources.add(table.source().name());
        sinks.add(table.sink().name());
        positions.add(next++);
        tables.add(table.id());
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
        session.sql("""
                        insert into planner.subtask
                            (id, run, step, source, sink, position, table_plan, split, estimated_rows, estimated_bytes)
                        select n.id, ?, ?, n.source, n.sink, n.position, n.table_plan, n.split, n.rows, n.bytes
                        from unnest(?::text[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                            as n (id, source, sink, position, table_plan, split, rows, bytes)
                        """, step.run().value(), step.step(), ids, sources, sinks, positions, tables, splits, rows, bytes)
                .update();
        List.of(ids, sources, sinks, positions, tables, splits, rows, bytes).forEach(List::clear);
    }
}
