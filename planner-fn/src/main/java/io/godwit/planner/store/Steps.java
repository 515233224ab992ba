package io.godwit.planner.store;

import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.planner.run.StepState;
import io.godwit.planner.run.StepStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows of steps of runs whose rows are locked. */
public final class Steps {
    private Steps() {}

    /** In the plan's order. */
    public static List<StepStatus> of(Session session, RunId run) {
        return session.sql("""
                        select name, needs, state, deep, tables, subtasks, unwritten
                        from planner.step where run = ? order by ordinal
                        """, run.value()).list(Steps::read);
    }

    public static Optional<StepState> stateOf(Session session, StepId step) {
        return session.sql(
                        "select state from planner.step where run = ? and name = ?",
                        step.run().value(),
                        step.step())
                .first(row -> StepState.valueOf(row.getString(1)));
    }

    public static void moved(Session session, StepId step, StepState state) {
        session.sql(
                        "update planner.step set state = ? where run = ? and name = ?",
                        state.name(),
                        step.run().value(),
                        step.step())
                .update();
    }

    /** Its sink is ready: it need not be prepared again, should the step be closed and reopened. */
    public static void prepared(Session session, StepId step) {
        session.sql(
                        "update planner.step set state = 'OPEN', prepared = true where run = ? and name = ?",
                        step.run().value(),
                        step.step())
                .update();
    }

    public static boolean isPrepared(Session session, StepId step) {
        return is(session, "prepared", step);
    }

    /** Whether both sides are read again once it is published. */
    public static boolean isDeep(Session session, StepId step) {
        return is(session, "deep", step);
    }

    /** Whether rows of it were ever put into quarantine. */
    public static boolean hasQuarantined(Session session, StepId step) {
        return stateOf(session, step).isPresent() && is(session, "quarantined > 0", step);
    }

    /** A step, and those of the same name of its run's replays, the oldest first: where its refused rows may lie. */
    public static List<StepId> withReplays(Session session, StepId step) {
        List<StepId> steps = new ArrayList<>(List.of(step));
        Runs.replaysOf(session, step.run()).stream()
                .map(replay -> StepId.of(replay, step.step()))
                .filter(replayed -> stateOf(session, replayed).isPresent())
                .forEach(steps::add);
        return steps;
    }

    private static boolean is(Session session, String column, StepId step) {
        return session.sql(
                        "select " + column + " from planner.step where run = ? and name = ?",
                        step.run().value(),
                        step.step())
                .first(row -> row.getBoolean(1))
                .orElseThrow();
    }

    /** What the planner still needs of a step's plan: SQL to run before and after, and the documents of its tables. */
    public static StepWork workOf(Session session, StepId step) {
        List<String> documents = session.sql(
                        "select document from planner.table_plan where run = ? and step = ? order by ordinal",
                        step.run().value(),
                        step.step())
                .list(row -> row.getString(1));
        return session.sql(
                        "select before_load, after_load from planner.step where run = ? and name = ?",
                        step.run().value(),
                        step.step())
                .first(row -> new StepWork(texts(row, "before_load"), texts(row, "after_load"), documents))
                .orElseThrow();
    }

    /**
     * More subtasks are written.
     *
     * @return how many are left
     */
    public static int written(Session session, StepId step, int subtasks, long quarantined) {
        return session.sql("""
                        update planner.step set unwritten = unwritten - ?, quarantined = quarantined + ?
                        where run = ? and name = ? returning unwritten
                        """, subtasks, quarantined, step.run().value(), step.step())
                .first(row -> row.getInt(1))
                .orElseThrow();
    }

    /** So many subtasks more are to be written. */
    public static void grown(Session session, StepId step, int more) {
        session.sql(
                        "update planner.step set subtasks = subtasks + ?, unwritten = unwritten + ? where run = ? and name = ?",
                        more,
                        more,
                        step.run().value(),
                        step.step())
                .update();
    }

    /** Counts anew what is written, after more than single subtasks have changed. */
    public static void recount(Session session, StepId step) {
        session.sql("""
                        update planner.step s
                        set unwritten = c.unwritten, quarantined = c.quarantined
                        from (select count(*) filter (where state not in ('WRITTEN', 'VOID')) as unwritten,
                                     coalesce(sum(quarantined_rows) filter (where state = 'WRITTEN'), 0) as quarantined
                              from planner.subtask where id >= ? and id < ?) c
                        where s.run = ? and s.name = ?
                        """, IdRange.from(step), IdRange.to(step), step.run().value(), step.step())
                .update();
    }

    /** Whether more rows are in quarantine than the step bears; the percentage counts when all is written. */
    public static boolean isQuarantineFull(Session session, StepId step) {
        return session.sql("""
                        select quarantined > coalesce(bearable_rows, quarantined)
                            or (unwritten = 0 and quarantined * 100.0 > bearable_percent * (
                                select sum(read_rows) from planner.subtask where id >= ? and id < ?))
                        from planner.step where run = ? and name = ?
                        """, IdRange.from(step), IdRange.to(step), step.run().value(), step.step())
                .first(row -> row.getBoolean(1))
                .orElseThrow();
    }

    private static StepStatus read(ResultSet row) throws SQLException {
        return new StepStatus(
                row.getString("name"),
                texts(row, "needs"),
                StepState.valueOf(row.getString("state")),
                row.getBoolean("deep"),
                row.getInt("tables"),
                row.getInt("subtasks"),
                row.getInt("unwritten"));
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
