package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.ColumnLimit;
import io.godwit.connector.jdbc.dialect.SinkWords.MergeWords;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Statements about one target. */
final class SinkSql {
    private SinkSql() {}

    /** A row of parameters into the table that is loaded. */
    static String insert(Dialect dialect, SinkTarget target) {
        String parameters = Field.of(target.columns()).stream()
                .map(dialect.values()::parameter)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + dialect.words().table(target.loaded()) + " (" + names(dialect, target) + ") VALUES ("
                + parameters + ")";
    }

    /**
     * A row of parameters, into the row that has its key or beside the others. Keys are not changed: they are equal.
     */
    static String merge(Dialect dialect, TablePlan plan) {
        SinkTarget target = SinkTarget.of(plan);
        SqlWords words = dialect.words();
        MergeWords merge = dialect.sink().merge();
        String row = Field.of(target.columns()).stream()
                .map(field -> dialect.values().parameter(field) + " AS " + words.identifier(field.name()))
                .collect(Collectors.joining(", "));
        String equal = plan.key().stream()
                .map(words::identifier)
                .map(name -> "t." + name + " = s." + name)
                .collect(Collectors.joining(" AND "));
        String changes = changed(plan)
                .map(words::identifier)
                .map(name -> name + " = s." + name)
                .collect(Collectors.joining(", "));
        String update = changes.isEmpty() ? "" : " WHEN MATCHED THEN UPDATE SET " + changes;
        String values = Field.of(target.columns()).stream()
                .map(field -> "s." + words.identifier(field.name()))
                .collect(Collectors.joining(", "));
        return "MERGE INTO " + words.table(target.name()) + merge.hint() + " t USING (SELECT " + row + merge.from()
                + ") s ON (" + equal + ")" + update + " WHEN NOT MATCHED THEN INSERT (" + names(dialect, target)
                + ") VALUES (" + values + ")" + merge.end();
    }

    /** Whether a row that meets another changes it: else it counts for none where it does. */
    static boolean changes(TablePlan plan) {
        return changed(plan).findFirst().isPresent();
    }

    private static Stream<String> changed(TablePlan plan) {
        return plan.columns().stream()
                .map(ColumnPlan::target)
                .filter(name -> plan.mode() == WriteMode.UPSERT && !plan.key().contains(name));
    }

    static String create(Dialect dialect, SinkTarget target) {
        List<String> parts = new ArrayList<>();
        target.columns().forEach(column -> parts.add(column(dialect, target, column)));
        ColumnLimit.check(target.name(), parts.size(), dialect.sink().mostColumns());
        if (!target.key().isEmpty()) {
            parts.add("PRIMARY KEY (" + dialect.words().identifiers(target.key()) + ")");
        }
        return "CREATE TABLE " + dialect.words().table(target.name()) + " (" + String.join(", ", parts) + ")";
    }

    /** To a table that has rows: they get NULL, and no default that was never theirs. */
    static String addColumn(Dialect dialect, SinkTarget target, ColumnPlan column) {
        return "ALTER TABLE " + dialect.words().table(target.name()) + " "
                + dialect.sink().add() + " " + dialect.sink().column(Field.of(column), false, false);
    }

    static String addKey(Dialect dialect, String table, Collection<String> columns) {
        return "ALTER TABLE " + table + " ADD PRIMARY KEY (" + dialect.words().identifiers(columns) + ")";
    }

    static String index(Dialect dialect, String table, String name, boolean unique, List<String> columns) {
        return "CREATE " + (unique ? "UNIQUE " : "") + "INDEX "
                + dialect.words().identifier(name) + " ON " + table + " ("
                + dialect.words().identifiers(columns) + ")";
    }

    /** The rows that the step replaces. */
    static String clear(Dialect dialect, SinkTarget target) {
        String where = target.first().where();
        return "DELETE FROM " + dialect.words().table(target.name()) + (where == null ? "" : " WHERE " + where);
    }

    static String take(Dialect dialect, SinkTarget target) {
        String names = names(dialect, target);
        return "INSERT INTO " + dialect.words().table(target.name()) + " (" + names + ") SELECT " + names + " FROM "
                + dialect.words().table(target.loaded());
    }

    private static String names(Dialect dialect, SinkTarget target) {
        return dialect.words()
                .identifiers(target.columns().stream().map(ColumnPlan::target).toList());
    }

    private static String column(Dialect dialect, SinkTarget target, ColumnPlan column) {
        boolean inKey = target.key().contains(column.target());
        boolean numbered = inKey
                && target.key().size() == 1
                && target.source(column).map(Column::identity).isPresent();
        return dialect.sink().column(Field.of(column), target.isNotNull(column), numbered);
    }
}
