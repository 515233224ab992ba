package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.ColumnLimit;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The definition of a table that a step creates. */
final class SqliteSinkCreation {
    /** Of a SQLite that was not built otherwise. */
    private static final int MOST_COLUMNS = 2000;

    private final SinkTarget target;

    SqliteSinkCreation(SinkTarget target) {
        this.target = target;
    }

    /** Texts compare as they are: what differs at the source does not meet here. */
    String sql() {
        List<String> parts = new ArrayList<>();
        target.columns().forEach(column -> parts.add(column(column)));
        if (!target.key().isEmpty()) {
            parts.add("PRIMARY KEY (" + Quoting.identifiers(target.key()) + ")");
        }
        ColumnLimit.check(target.name(), target.columns().size(), MOST_COLUMNS);
        return "CREATE TABLE " + Quoting.table(target.name()) + " (" + String.join(", ", parts) + ")";
    }

    /** The column as it stands in a definition. */
    private String column(ColumnPlan column) {
        StringBuilder sql = new StringBuilder(added(column));
        if (target.isNotNull(column)) {
            sql.append(" NOT NULL");
        }
        sameKind(column)
                .map(Column::defaultExpression)
                .ifPresent(expression ->
                        sql.append(" DEFAULT (").append(expression).append(")"));
        return sql.toString();
    }

    /** The column as it is added to a table that has rows: they get NULL, and no default that was never theirs. */
    String added(ColumnPlan column) {
        String type = Quoting.type(column.targetNativeType());
        return Quoting.identifier(column.target())
                + (type.isEmpty() ? "" : " " + type)
                + sameKind(column)
                        .map(Column::collation)
                        .map(collation -> " COLLATE " + Quoting.identifier(collation))
                        .orElse("");
    }

    private Optional<Column> sameKind(ColumnPlan column) {
        TablePlan plan = target.first();
        return plan.source().type().equals(plan.sink().type()) ? target.source(column) : Optional.empty();
    }
}
