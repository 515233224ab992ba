package io.godwit.connector.mysql;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The definition of a table that a step creates. */
final class MySqlSinkCreation {
    private final MySqlSinkTarget target;
    private final boolean mariaDb;

    MySqlSinkCreation(MySqlSinkTarget target, boolean mariaDb) {
        this.target = target;
        this.mariaDb = mariaDb;
    }

    /** Texts compare as they are, blanks at their end included: what differs at the source does not meet here. */
    String sql() {
        List<String> parts = new ArrayList<>();
        target.columns().forEach(column -> parts.add(column(column)));
        parts.addAll(generated());
        if (!target.key().isEmpty()) {
            parts.add("PRIMARY KEY (" + Quoting.identifiers(target.key()) + ")");
        }
        String comment = target.first().definition().comment();
        return "CREATE TABLE IF NOT EXISTS " + target.sql() + " (" + String.join(", ", parts)
                + ") ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE "
                + (mariaDb ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin")
                + (comment == null ? "" : " COMMENT = " + Quoting.literal(comment));
    }

    /** Columns that the source computes, and the target too, where the table comes along as it is. */
    private List<String> generated() {
        TablePlan plan = target.first();
        List<String> written = target.columns().stream().map(ColumnPlan::target).toList();
        boolean same = isSameKind()
                && target.plans().size() == 1
                && plan.definition().columns().stream()
                        .filter(column -> !column.generated())
                        .allMatch(column -> written.contains(column.name()));
        return plan.definition().columns().stream()
                .filter(column -> same && column.generated() && !written.contains(column.name()))
                .map(column -> Quoting.identifier(column.name()) + " " + column.nativeType() + " GENERATED ALWAYS AS ("
                        + column.defaultExpression() + ") STORED")
                .toList();
    }

    private boolean isSameKind() {
        return target.first().source().type().equals(target.first().sink().type());
    }

    /** The column as it stands in a definition. */
    String column(ColumnPlan column) {
        Optional<Column> source = source(target.first(), column);
        boolean sameKind = isSameKind();
        StringBuilder sql = new StringBuilder(Quoting.identifier(column.target()) + " " + column.targetNativeType());
        source.filter(found -> sameKind)
                .map(Column::collation)
                .ifPresent(collation -> sql.append(" COLLATE ").append(Quoting.identifier(collation)));
        boolean inKey = target.key().contains(column.target());
        boolean notNull = inKey || target.plans().stream().allMatch(plan -> isNeverNull(plan, column));
        sql.append(notNull ? " NOT NULL" : " NULL");
        boolean numbered = source.map(Column::identity).isPresent()
                && inKey
                && target.key().get(0).equals(column.target());
        if (numbered) {
            sql.append(" AUTO_INCREMENT");
        } else if (sameKind && mariaDb && source.map(Column::defaultExpression).isPresent()) {
            sql.append(" DEFAULT ").append(source.get().defaultExpression());
        } else if (notNull && column.targetNativeType().startsWith("timestamp")) {
            // Else the server gives the first such column a default of its own, and changes it with every update.
            sql.append(" DEFAULT '1970-01-01 00:00:01'");
        }
        source.map(Column::comment).ifPresent(comment -> sql.append(" COMMENT ").append(Quoting.literal(comment)));
        return sql.toString();
    }

    private static boolean isNeverNull(TablePlan plan, ColumnPlan column) {
        Optional<ColumnPlan> own = plan.columns().stream()
                .filter(other -> other.target().equals(column.target()))
                .findFirst();
        return own.map(found -> found.origin() instanceof Origin.Constant constant
                        ? constant.text() != null
                        : source(plan, found).map(source -> !source.nullable()).orElse(false))
                .orElse(false);
    }

    private static Optional<Column> source(TablePlan plan, ColumnPlan column) {
        return column.origin() instanceof Origin.SourceColumn source
                ? plan.definition().column(source.name())
                : Optional.empty();
    }
}
