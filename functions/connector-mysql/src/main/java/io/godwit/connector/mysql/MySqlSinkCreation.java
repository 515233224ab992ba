package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.ColumnLimit;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The definition of a table that a step creates. */
final class MySqlSinkCreation {
    /** Of InnoDB. */
    private static final int MOST_COLUMNS = 1017;

    private final SinkTarget target;
    private final boolean mariaDb;

    MySqlSinkCreation(SinkTarget target, boolean mariaDb) {
        this.target = target;
        this.mariaDb = mariaDb;
    }

    /** Texts compare as they are, blanks at their end included: what differs at the source does not meet here. */
    String sql() {
        List<String> parts = new ArrayList<>();
        target.columns().forEach(column -> parts.add(column(column)));
        parts.addAll(generated());
        ColumnLimit.check(target.name(), parts.size(), MOST_COLUMNS);
        if (!target.key().isEmpty()) {
            parts.add("PRIMARY KEY (" + Quoting.identifiers(target.key()) + ")");
        }
        String comment = target.first().definition().comment();
        return "CREATE TABLE IF NOT EXISTS " + Quoting.table(target.name()) + " (" + String.join(", ", parts)
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

    /** The column as it is added to a table that has rows: they get NULL, and no default that was never theirs. */
    String added(ColumnPlan column) {
        String collation =
                isSameKind() ? target.source(column).map(Column::collation).orElse(null) : null;
        return Quoting.identifier(column.target()) + " " + column.targetNativeType()
                + (collation == null ? "" : " COLLATE " + Quoting.identifier(collation)) + " NULL";
    }

    /** The column as it stands in a definition. */
    String column(ColumnPlan column) {
        Optional<Column> source = target.source(column);
        boolean sameKind = isSameKind();
        StringBuilder sql = new StringBuilder(Quoting.identifier(column.target()) + " " + column.targetNativeType());
        source.filter(found -> sameKind)
                .map(Column::collation)
                .ifPresent(collation -> sql.append(" COLLATE ").append(Quoting.identifier(collation)));
        boolean inKey = target.key().contains(column.target());
        boolean notNull = target.isNotNull(column);
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
}
