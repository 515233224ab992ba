package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.error.NearestWord;
import io.godwit.core.job.Migrate.ColumnMapping;
import io.godwit.core.job.ParameterUse;
import io.godwit.core.job.Parameters;
import io.godwit.core.job.TypeWord;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies a mapping to a source table. Columns that the target computes are left to it; where it is of another kind
 * than the source, and is to be created, it computes none.
 */
final class ColumnMapper {
    private final Parameters parameters;
    private final Map<String, String> types;
    private final @Nullable TableDescription target;
    private final String sinkType;
    private final boolean addsColumns;
    private final PlanProblems problems;
    private final List<String> notes;

    /**
     * @param types what becomes of all columns of a type, by words
     * @param target as it exists; null where it is to be created
     * @param sinkType the sink's connector
     * @param addsColumns whether the target gets the columns that it lacks
     */
    ColumnMapper(
            Parameters parameters,
            Map<String, String> types,
            @Nullable TableDescription target,
            String sinkType,
            boolean addsColumns,
            PlanProblems problems,
            List<String> notes) {
        this.parameters = parameters;
        this.types = types;
        this.target = target;
        this.sinkType = sinkType;
        this.addsColumns = addsColumns;
        this.problems = problems;
        this.notes = notes;
    }

    Draft map(TableMatch match) {
        Draft draft = Draft.of(match);
        Set<String> named = new HashSet<>();
        for (ColumnMapping mapping : match.columns()) {
            if (mapping.from() != null) {
                named.add(mapping.from());
            }
            if (mapping.to() != null) {
                named.add(mapping.to());
            }
        }
        for (ColumnMapping mapping : match.columns()) {
            try {
                if (mapping.expression() != null) {
                    computed(draft, mapping.expression(), mapping);
                } else if ("*".equals(mapping.from())) {
                    rest(draft, named);
                } else if (mapping.from() != null) {
                    column(draft, mapping.from(), mapping);
                } else {
                    constant(draft, mapping);
                }
            } catch (GodwitException e) {
                problems.add(e.code(), match.display() + ": " + e.info().message(), e.remedy());
            }
        }
        return draft;
    }

    private void rest(Draft draft, Set<String> named) {
        for (Column column : draft.match().table().columns()) {
            if (named.contains(column.name())) {
                continue;
            }
            if (target == null) {
                // The target, once created like its source, computes it too.
                boolean sameKind = draft.match().connection().type().equals(sinkType);
                if (!(column.generated() && sameKind)) {
                    draft.cells().put(column.name(), cell(column, null));
                }
            } else if (target.column(column.name()).isEmpty() && !addsColumns) {
                draft.extra().add(column.name());
            } else if (isWritten(draft, column.name())) {
                draft.cells().put(column.name(), cell(column, null));
            }
        }
    }

    private void column(Draft draft, String from, ColumnMapping mapping) {
        String name = mapping.to() != null ? mapping.to() : from;
        LogicalType requested = mapping.type() == null ? null : TypeWord.parse(mapping.type());
        if (!isInTarget(draft, name) || !isWritten(draft, name)) {
            return;
        }
        draft.match()
                .table()
                .column(from)
                .ifPresentOrElse(
                        column -> draft.cells().put(name, cell(column, requested)),
                        () -> draft.lacking().put(name, from));
    }

    private Cell cell(Column column, @Nullable LogicalType requested) {
        return Cell.of(column, requested != null ? requested : RequestedTypes.of(types, column.type()));
    }

    private void constant(Draft draft, ColumnMapping mapping) {
        String name = mapping.to() == null ? "" : mapping.to();
        if (!isInTarget(draft, name) || !isWritten(draft, name)) {
            return;
        }
        String value = mapping.value() == null
                ? null
                : parameters.resolve(
                        mapping.value(), ParameterUse.TEXT, draft.match().names());
        LogicalType requested = mapping.type() == null ? null : TypeWord.parse(mapping.type());
        if (requested == null && (target == null || target.column(name).isEmpty())) {
            requested = "${planTime}".equals(mapping.value()) ? RequestedTypes.MOMENT : RequestedTypes.TEXT;
        }
        draft.cells().put(name, new Cell(null, value, requested));
    }

    private void computed(Draft draft, String expression, ColumnMapping mapping) {
        String from = mapping.from() == null ? "" : mapping.from();
        String name = mapping.to() != null ? mapping.to() : from;
        if (!isInTarget(draft, name) || !isWritten(draft, name)) {
            return;
        }
        Formula formula = Formula.of(expression, parameters, draft.match());
        LogicalType requested =
                mapping.type() == null ? RequestedTypes.of(types, formula.type()) : TypeWord.parse(mapping.type());
        draft.cells().put(name, Cell.computed(formula, requested));
        if (!formula.isDeterministic()) {
            notes.add(draft.match().target().display() + "." + name
                    + " is another value each time it is computed: a deep comparison leaves it out");
        }
    }

    private boolean isInTarget(Draft draft, String name) {
        if (target == null || addsColumns || target.column(name).isPresent()) {
            return true;
        }
        TreeSet<String> names = new TreeSet<>();
        target.columns().forEach(column -> names.add(column.name()));
        problems.add(
                ErrorCode.TARGET_COLUMN_NOT_FOUND,
                draft.match().display() + ": the target " + target.name().display() + " has no column " + name,
                NearestWord.remedy(name, names));
        return false;
    }

    private boolean isWritten(Draft draft, String name) {
        boolean computed =
                target != null && target.column(name).map(Column::generated).orElse(false);
        if (computed) {
            notes.add(draft.match().target().display() + "." + name + " is left to the target, which computes it");
        }
        return !computed;
    }
}
