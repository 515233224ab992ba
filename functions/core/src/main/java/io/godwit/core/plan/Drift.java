package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.NearestWord;
import io.godwit.core.job.DriftPolicy;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Fits tables of one target to one another, and to the target, by the step's drift policy. */
final class Drift {
    private final DriftPolicy policy;
    private final @Nullable TableDescription target;
    private final PlanProblems problems;
    private final List<String> notes;

    Drift(DriftPolicy policy, @Nullable TableDescription target, PlanProblems problems, List<String> notes) {
        this.policy = policy;
        this.target = target;
        this.problems = problems;
        this.notes = notes;
    }

    /**
     * The drafts that are to be loaded, each with a cell for every column unless the target's default is to stand in.
     */
    List<Draft> fit(List<Draft> drafts) {
        List<Draft> kept = new ArrayList<>();
        for (Draft draft : drafts) {
            if (draft.extra().isEmpty()) {
                kept.add(draft);
            } else if (policy == DriftPolicy.SKIP_TABLE) {
                skip(draft, "the target has no column " + String.join(", ", draft.extra()));
            } else {
                extra(draft);
            }
        }
        if (kept.isEmpty()) {
            return kept;
        }
        Set<String> columns = new LinkedHashSet<>();
        kept.forEach(draft -> columns.addAll(draft.cells().keySet()));
        unknown(kept, columns);
        added(kept.get(0), columns);
        return policy == DriftPolicy.SKIP_TABLE ? alike(kept) : filled(kept, columns);
    }

    /** Only {@link DriftPolicy#ADD_COLUMN} lets a mapping name columns that an existing target lacks. */
    private void added(Draft any, Set<String> columns) {
        TableDescription existing = target;
        if (existing != null) {
            columns.stream()
                    .filter(column -> existing.column(column).isEmpty())
                    .forEach(column -> notes.add(any.match().target().display() + "." + column
                            + " is added to the target: NULL in the rows that are there"));
        }
    }

    private List<Draft> alike(List<Draft> drafts) {
        Set<String> first = drafts.get(0).cells().keySet();
        List<Draft> alike = new ArrayList<>();
        for (Draft draft : drafts) {
            if (draft.cells().keySet().equals(first)) {
                alike.add(draft);
            } else {
                skip(
                        draft,
                        "its columns are not those of " + drafts.get(0).match().display());
            }
        }
        return alike;
    }

    private List<Draft> filled(List<Draft> drafts, Set<String> columns) {
        for (Draft draft : drafts) {
            for (String column : columns) {
                if (!draft.cells().containsKey(column)) {
                    fill(draft, column, drafts);
                }
            }
        }
        return drafts;
    }

    private void fill(Draft draft, String column, List<Draft> drafts) {
        if (policy == DriftPolicy.FAIL) {
            String having = drafts.stream()
                    .filter(other -> other.cells().containsKey(column))
                    .map(other -> other.match().display())
                    .findFirst()
                    .orElse("");
            problems.add(
                    ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                    draft.match().display() + " has no column "
                            + draft.lacking().getOrDefault(column, column) + ", which " + having + " has",
                    "Say under drift: what to do: \"null\", default, skip-table or add-column.");
        } else if (policy == DriftPolicy.DEFAULT) {
            notes.add(draft.match().display() + " has no column " + column + ": the target's default stands in");
        } else {
            draft.cells().put(column, Cell.nothing());
            notes.add(draft.match().display() + " has no column " + column + ": it is NULL");
        }
    }

    /** Columns that no table has: a slip in the mapping, not drift. */
    private void unknown(List<Draft> drafts, Set<String> columns) {
        for (Draft draft : drafts) {
            draft.lacking().forEach((to, from) -> {
                if (!columns.contains(to)) {
                    TreeSet<String> names = new TreeSet<>();
                    draft.match().table().columns().stream().map(Column::name).forEach(names::add);
                    problems.add(
                            ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                            draft.match().display() + " has no column " + from,
                            NearestWord.remedy(from, names));
                }
            });
        }
    }

    private void extra(Draft draft) {
        TableDescription existing = target;
        if (existing == null) {
            return;
        }
        for (String column : draft.extra()) {
            problems.add(
                    ErrorCode.TARGET_COLUMN_NOT_FOUND,
                    draft.match().display() + ": the target " + existing.name().display() + " has no column " + column,
                    "Add it to the target, or have it added with drift: add-column, or name the columns to copy under"
                            + " columns:.");
        }
    }

    private void skip(Draft draft, String why) {
        notes.add(draft.match().display() + " is left out: " + why);
    }
}
