package io.godwit.planner.store;

import io.godwit.core.event.Fact;
import io.godwit.core.plan.Plan;
import io.godwit.core.plan.Plan.PlannedTable;
import io.godwit.core.plan.Plan.StepPlan;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.RunId;
import io.godwit.planner.dispatch.Route;
import io.godwit.planner.run.StepState;
import io.godwit.planner.store.PlannedRun.Reached;
import io.godwit.planner.store.PlannedRun.StepTerms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores a plan, once, in the transaction after which the run is planned. */
public final class Plans {
    private static final int CHUNK = 5_000;

    private Plans() {}

    public static void store(Session session, PlannedRun planned) {
        Plan plan = planned.plan();
        for (int ordinal = 0; ordinal < plan.steps().size(); ordinal++) {
            StepPlan step = plan.steps().get(ordinal);
            storeStep(
                    session,
                    step,
                    ordinal,
                    Objects.requireNonNull(planned.terms().get(step.id())));
            for (PlannedTable table : step.tables()) {
                storeTable(session, table, planned.reached().get(table.table().id()));
            }
            storeSubtasks(session, step);
        }
        planned.routes().forEach(route -> storeRoute(session, route));
        Runs.resolved(session, plan.run(), planned.resolved());
    }

    private static void storeStep(Session session, StepPlan step, int ordinal, StepTerms terms) {
        int subtasks =
                step.tables().stream().mapToInt(table -> table.splits().size()).sum();
        session.sql(
                        """
                        insert into planner.step (run, name, ordinal, state, needs, before_load, after_load, bearable_rows,
                            bearable_percent, deep, tables, subtasks, unwritten, together)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        step.id().run().value(),
                        step.id().step(),
                        ordinal,
                        StepState.WAITING.name(),
                        step.needs(),
                        step.before(),
                        step.after(),
                        terms.bearableRows(),
                        terms.bearablePercent(),
                        terms.deep(),
                        step.tables().size(),
                        subtasks,
                        subtasks,
                        step.together())
                .update();
    }

    private static void storeTable(Session session, PlannedTable planned, @Nullable Reached reached) {
        TablePlan table = planned.table();
        RunId run = table.step().run();
        Documents.keep(session, table.id(), table);
        session.sql(
                        """
                        insert into planner.table_plan
                            (run, step, ordinal, document, watermark_source, watermark_column, watermark_value)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """,
                        run.value(),
                        table.step().step(),
                        table.ordinal(),
                        table.id(),
                        reached == null ? null : reached.source(),
                        reached == null ? null : reached.column(),
                        reached == null ? null : reached.value())
                .update();
        session.record(
                run,
                new Fact.TablePlanned(
                        table.step().step(),
                        table.ordinal(),
                        table.source().name() + ": " + table.definition().name(),
                        table.sink().name() + ": " + table.target(),
                        planned.splits().size(),
                        sum(planned.splits().stream()
                                .mapToLong(PlannedSplit::estimatedRows)
                                .toArray()),
                        sum(planned.splits().stream()
                                .mapToLong(PlannedSplit::estimatedBytes)
                                .toArray())));
    }

    private static void storeRoute(Session session, Route route) {
        session.sql(
                        "insert into planner.route values (?, ?, ?, ?, ?, ?, ?)",
                        route.step().run().value(),
                        route.step().step(),
                        route.source(),
                        route.sink(),
                        route.pools(),
                        route.maxReads(),
                        route.maxWrites())
                .update();
    }

    /** The largest tables first: what takes longest must not begin last. */
    private static void storeSubtasks(Session session, StepPlan step) {
        List<PlannedTable> tables = new ArrayList<>(step.tables());
        tables.sort(Comparator.comparingLong((PlannedTable table) -> sum(table.splits().stream()
                        .mapToLong(PlannedSplit::estimatedBytes)
                        .toArray()))
                .reversed());
        SubtaskRows rows = new SubtaskRows(step.id(), step.together());
        for (PlannedTable table : tables) {
            for (int split = 0; split < table.splits().size(); split++) {
                rows.add(table.table(), split, table.splits().get(split));
                if (rows.size() == CHUNK) {
                    rows.store(session);
                }
            }
        }
        rows.store(session);
    }

    /** -1, unknown, where any part is. */
    private static long sum(long[] parts) {
        long sum = 0;
        for (long part : parts) {
            if (part < 0) {
                return -1;
            }
            sum += part;
        }
        return sum;
    }
}
