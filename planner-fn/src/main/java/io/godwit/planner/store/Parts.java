package io.godwit.planner.store;

import io.godwit.core.event.Fact;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.util.List;

/** Subtasks that were too large, and the parts that take their place. */
public final class Parts {
    private Parts() {}

    /**
     * A subtask that waits for its parts.
     *
     * @param wasGivenToWriter only then can it ever be in the ledger
     */
    public record Splitting(SubtaskId id, PlannedSplit split, boolean wasGivenToWriter) {}

    /** Those of a step. */
    public static List<Splitting> awaited(Session session, StepId step) {
        return session.sql("""
                        select id, split, estimated_rows, estimated_bytes, writes > 0 from planner.subtask
                        where id >= ? and id < ? and state = 'SPLITTING' order by id
                        """, IdRange.from(step), IdRange.to(step))
                .list(row -> new Splitting(
                        new SubtaskId(row.getString(1)),
                        new PlannedSplit(JsonText.read(row.getString(2), Split.class), row.getLong(3), row.getLong(4)),
                        row.getBoolean(5)));
    }

    /**
     * Parts take the place of a subtask that can be written no more, at the front of the queue. Nothing happens where
     * it waits for them no more.
     */
    public static void replace(Session session, Splitting whole, TablePlan table, List<PlannedSplit> parts) {
        StepId step = whole.id().step();
        boolean waits = session.sql(
                                "update planner.subtask set state = 'VOID' where id = ? and state = 'SPLITTING'",
                                whole.id().value())
                        .update()
                == 1;
        if (!waits) {
            return;
        }
        SubtaskRows rows = new SubtaskRows(step, null);
        int next = splitsOf(session, table);
        for (PlannedSplit part : parts) {
            rows.add(table, next++, part);
        }
        rows.store(session);
        Steps.grown(session, step, parts.size() - 1);
        session.record(step.run(), new Fact.SubtaskWasSplit(whole.id(), parts.size()));
    }

    /** Ordinals are given out without gaps, and never taken back. */
    private static int splitsOf(Session session, TablePlan table) {
        String first = SubtaskId.of(table.step(), table.ordinal(), 0).value();
        String prefix = first.substring(0, first.lastIndexOf('/'));
        return session.sql("select count(*) from planner.subtask where id >= ? and id < ?", prefix + "/", prefix + "0")
                .first(row -> row.getInt(1))
                .orElseThrow();
    }
}
