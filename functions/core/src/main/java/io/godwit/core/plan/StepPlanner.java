package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.DriftPolicy;
import io.godwit.core.job.Migrate;
import io.godwit.core.plan.Plan.PlannedTable;
import io.godwit.core.plan.Plan.StepPlan;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides everything about a migrate step that can be decided from descriptions: which tables go where, in which
 * columns, of which types. No I/O. All that is wrong is told at once, as one GodwitException.
 */
public final class StepPlanner {
    private final TypeRule rule;

    public StepPlanner(TypeRule rule) {
        this.rule = rule;
    }

    /**
     * The tables that the step would write, each once: what to ask the sink to describe.
     *
     * @throws io.godwit.core.error.GodwitException NO_TABLE_MATCHES, PARAMETER_INVALID or JOB_FILE_INVALID
     */
    public List<TableName> targets(StepQuestion question) {
        PlanProblems problems = new PlanProblems(question.id().step());
        List<TableMatch> matches = new TableMatching(question, problems, new ArrayList<>()).match();
        problems.throwIfAny();
        return matches.stream().map(TableMatch::target).distinct().toList();
    }

    /** Every type that a column of a new target may be given: what to ask the sink about. */
    public List<LogicalType> types(StepQuestion question) {
        Set<LogicalType> types = new LinkedHashSet<>();
        question.sources().stream()
                .flatMap(source -> source.tables().stream())
                .flatMap(table -> table.columns().stream())
                .forEach(column -> types.add(column.type()));
        types.addAll(TypeJoin.all(question));
        types.addAll(RequestedTypes.of(question.step().migrate()));
        types.addAll(Formula.types(question));
        return List.copyOf(types);
    }

    /**
     * The step's table plans; those of one target lie side by side.
     *
     * @param existing those of the targets that exist
     * @param sinkTypes what the sink makes of {@link #types}
     * @throws io.godwit.core.error.GodwitException under the code of the first problem, all of them in its message
     */
    public PlannedTables plan(StepQuestion question, List<TableDescription> existing, List<TargetType> sinkTypes) {
        PlanProblems problems = new PlanProblems(question.id().step());
        List<String> notes = new ArrayList<>();
        Map<TableName, List<TableMatch>> byTarget = new LinkedHashMap<>();
        for (TableMatch match : new TableMatching(question, problems, notes).match()) {
            TableDescription found = find(match.target(), existing);
            TableName target = found == null
                    ? match.target()
                    : new TableName(null, found.name().schema(), found.name().name());
            byTarget.computeIfAbsent(target, name -> new ArrayList<>()).add(match);
        }
        TargetTypes types = new TargetTypes(sinkTypes);
        List<TablePlan> plans = new ArrayList<>();
        byTarget.forEach((target, sharers) -> {
            TableDescription found = find(target, existing);
            new TargetRules(question.sink(), problems)
                    .check(
                            target,
                            sharers,
                            found,
                            question.step().migrate().to().create());
            plans.addAll(plan(question, target, sharers, found, types, plans.size(), problems, notes));
        });
        problems.throwIfAny();
        return new PlannedTables(plans, notes);
    }

    /**
     * Checks the steps of a run against one another.
     *
     * @throws io.godwit.core.error.GodwitException TARGET_DUPLICATE where two of them would write one target
     */
    public static void checkTogether(List<StepPlan> steps) {
        PlanProblems problems = new PlanProblems("steps");
        Map<String, String> writers = new HashMap<>();
        for (StepPlan step : steps) {
            for (PlannedTable planned : step.tables()) {
                TablePlan table = planned.table();
                String first = writers.putIfAbsent(
                        Endpoint.of(table.sink(), table.target()) + "/" + table.target(),
                        step.id().step());
                if (first != null && !first.equals(step.id().step())) {
                    problems.add(
                            ErrorCode.TARGET_DUPLICATE,
                            "the target " + table.target().display() + " of step "
                                    + step.id().step() + " is that of step " + first + " too",
                            "Load it in one step from several sources, or in two jobs.");
                }
            }
        }
        problems.throwIfAny();
    }

    private List<TablePlan> plan(
            StepQuestion question,
            TableName target,
            List<TableMatch> sharers,
            @Nullable TableDescription found,
            TargetTypes types,
            int ordinal,
            PlanProblems problems,
            List<String> notes) {
        Migrate migrate = question.step().migrate();
        // What is to be created anew is mapped as if it were not there.
        TableDescription kept = migrate.to().create() == CreateMode.RECREATE ? null : found;
        String sinkType = question.sink().type();
        boolean addsColumns = migrate.drift() == DriftPolicy.ADD_COLUMN;
        ColumnMapper mapper =
                new ColumnMapper(question.parameters(), migrate.types(), kept, sinkType, addsColumns, problems, notes);
        List<Draft> drafts = new Drift(migrate.drift(), kept, problems, notes)
                .fit(sharers.stream().map(mapper::map).toList());
        List<List<ColumnPlan>> columns = new ColumnTypes(rule, kept, sinkType, types, problems, notes).decide(drafts);
        KeyRules keys = new KeyRules(kept, problems);
        Conditions conditions = new Conditions(question, problems, notes);
        List<TablePlan> plans = new ArrayList<>();
        for (Draft draft : drafts) {
            TableMatch match = draft.match();
            TableName source = match.table().name();
            if (kept != null) {
                Unfilled.check(draft, kept, problems, notes);
            }
            if (draft.cells().isEmpty()) {
                problems.add(ErrorCode.NOT_SUPPORTED, match.display() + " has no column to copy", "Take it out.");
            }
            Connection from = source.database() == null
                    ? match.connection()
                    : match.connection().withDatabase(source.database());
            plans.add(TablePlan.builder(question.id(), ordinal + plans.size())
                    .source(from, match.table())
                    .where(conditions.of(match))
                    .snapshot(question.marks().snapshot(match.connection(), source))
                    .sink(question.sink(), target)
                    .targetExists(found != null)
                    .mode(match.mode())
                    .create(migrate.to().create())
                    .key(keys.keyOf(draft))
                    .columns(columns.get(plans.size()))
                    .quarantine(migrate.quarantine())
                    .maxRowBytes(question.maxRowBytes())
                    .filter(filter(match, question, problems))
                    .build());
        }
        return plans;
    }

    private static @Nullable Formula filter(TableMatch match, StepQuestion question, PlanProblems problems) {
        if (match.filter() == null) {
            return null;
        }
        try {
            return Formula.condition(match.filter(), question.parameters(), match);
        } catch (GodwitException e) {
            problems.add(e.code(), match.display() + ", filter: " + e.info().message(), e.remedy());
            return null;
        }
    }

    private static @Nullable TableDescription find(TableName target, List<TableDescription> existing) {
        return existing.stream()
                .filter(table -> table.name().name().equals(target.name()))
                .filter(table -> target.schema() == null
                        || target.schema().equals(table.name().schema()))
                .findFirst()
                .orElse(null);
    }
}
