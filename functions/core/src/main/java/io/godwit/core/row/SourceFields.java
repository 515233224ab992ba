package io.godwit.core.row;

import io.godwit.core.expression.Expression;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Formula;
import io.godwit.core.plan.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the tuples that a source is to give for a plan: those of the columns that come from a source's column,
 * in their order; then those that only expressions and the filter look at, each once.
 */
public final class SourceFields {
    private SourceFields() {}

    public static List<Origin.SourceColumn> of(List<ColumnPlan> columns, @Nullable Formula filter) {
        List<Origin.SourceColumn> fields = new ArrayList<>();
        for (ColumnPlan column : columns) {
            if (column.origin() instanceof Origin.SourceColumn source) {
                fields.add(source);
            }
        }
        Stream<Formula> formulas = columns.stream()
                .flatMap(column -> column.origin() instanceof Origin.Computed computed
                        ? Stream.of(computed.formula())
                        : Stream.empty());
        Stream.concat(formulas, Stream.ofNullable(filter))
                .flatMap(formula -> formula.columns().stream())
                .filter(column -> !fields.contains(column))
                .distinct()
                .toList()
                .forEach(fields::add);
        return List.copyOf(fields);
    }

    static List<Expression.Field> named(List<Origin.SourceColumn> fields) {
        return fields.stream()
                .map(field -> new Expression.Field(field.name(), field.type()))
                .toList();
    }
}
