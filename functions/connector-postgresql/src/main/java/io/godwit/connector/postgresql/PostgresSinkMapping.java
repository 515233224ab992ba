package io.godwit.connector.postgresql;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of the source's columns under a plan: whether clauses about them still hold in the target. */
record PostgresSinkMapping(TablePlan plan) {

    TableDescription source() {
        return plan.definition();
    }

    /** Whether the source speaks this database's SQL, so that its clauses can be taken over. */
    boolean isSameKind() {
        return plan.source().type().equals(plan.sink().type());
    }

    /** The column that takes the source column's values. */
    Optional<ColumnPlan> of(String sourceColumn) {
        return plan.columns().stream()
                .filter(column -> column.origin() instanceof SourceColumn from
                        && from.name().equals(sourceColumn))
                .findFirst();
    }

    /** The source column whose values the column takes. */
    Optional<Column> origin(ColumnPlan column) {
        return column.origin() instanceof SourceColumn from ? source().column(from.name()) : Optional.empty();
    }

    /** The target's columns for those of the source; empty where one has none. */
    Optional<List<String>> targets(List<String> sourceColumns) {
        List<String> targets = new ArrayList<>();
        for (String column : sourceColumns) {
            Optional<ColumnPlan> target = of(column);
            if (target.isEmpty()) {
                return Optional.empty();
            }
            targets.add(target.get().target());
        }
        return Optional.of(targets);
    }

    /** Whether every column of the source that the clause may name has its name and its type in the target. */
    boolean keeps(String clause) {
        Set<String> named = new HashSet<>(PostgresSinkClauses.names(clause));
        named.retainAll(source().columns().stream().map(Column::name).toList());
        return named.stream().allMatch(this::keepsColumn);
    }

    private boolean keepsColumn(String name) {
        boolean generated = source().column(name).map(Column::generated).orElse(false);
        return generated
                ? takesOverGenerated()
                : of(name).filter(column -> column.target().equals(name) && column.passesThrough())
                        .isPresent();
    }

    /** Whether the whole table comes along as it is, so that its generated columns do too. */
    boolean takesOverGenerated() {
        return isSameKind()
                && source().columns().stream()
                        .filter(column -> !column.generated())
                        .allMatch(column -> of(column.name())
                                .filter(to -> to.target().equals(column.name()) && to.passesThrough())
                                .isPresent());
    }
}
