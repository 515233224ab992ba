package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.ForeignKey;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the foreign keys of tables that were loaded, and those that refer to them: rows came without the server's own
 * check, as no order of tables suits a cycle.
 */
final class MySqlSinkReferences {
    private final JdbcSession session;
    private final String database;

    MySqlSinkReferences(JdbcSession session, String database) {
        this.session = session;
        this.database = database;
    }

    /** @throws GodwitException ROW_REFUSED naming table and key */
    void check(List<SinkTarget> targets) throws SQLException {
        Set<String> names = new HashSet<>();
        targets.forEach(target -> names.add(target.name().name()));
        List<String> children = session.list(
                "SELECT DISTINCT table_name FROM information_schema.key_column_usage WHERE table_schema = ? "
                        + "AND referenced_table_schema = ? AND (table_name IN (" + literals(names)
                        + ") OR referenced_table_name IN (" + literals(names) + "))",
                row -> row.getString(1),
                database,
                database);
        List<TableName> tables =
                children.stream().map(name -> new TableName(null, null, name)).toList();
        for (TableDescription child : new MySqlCatalog(session, database).describe(tables)) {
            for (ForeignKey reference : child.foreignKeys()) {
                if (names.contains(child.name().name())
                        || names.contains(reference.references().name())) {
                    check(child, reference);
                }
            }
        }
    }

    private void check(TableDescription child, ForeignKey reference) throws SQLException {
        List<String> joins = new ArrayList<>();
        for (int i = 0; i < reference.columns().size(); i++) {
            joins.add("p." + Quoting.identifier(reference.referencedColumns().get(i)) + " = c."
                    + Quoting.identifier(reference.columns().get(i)));
        }
        String present = reference.columns().stream()
                .map(column -> "c." + Quoting.identifier(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        boolean orphans = session.first(
                        "SELECT 1 FROM " + Quoting.table(child.name()) + " c LEFT JOIN "
                                + Quoting.table(reference.references()) + " p ON " + String.join(" AND ", joins)
                                + " WHERE " + present + " AND p."
                                + Quoting.identifier(
                                        reference.referencedColumns().get(0)) + " IS NULL LIMIT 1",
                        row -> true)
                .isPresent();
        if (orphans) {
            throw new GodwitException(
                    ErrorCode.ROW_REFUSED,
                    child.name().name() + ": rows refer by " + reference.name() + " ("
                            + String.join(", ", reference.columns()) + ") to rows that "
                            + reference.references().name() + " does not have",
                    "Load both tables, mend the rows, or drop the foreign key; then retry the run.");
        }
    }

    private static String literals(Set<String> names) {
        return names.stream().map(Quoting::literal).collect(Collectors.joining(", "));
    }
}
