package io.godwit.connector.postgresql;

import io.godwit.core.table.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key of a target.
 *
 * @param definition the whole clause, names in it qualified
 */
record PostgresSinkForeignKey(
        TableName table,
        String name,
        TableName references,
        String definition,
        @Nullable String comment) {

    /** Columns: schema, table, name, the referenced schema and table, definition, comment. */
    static PostgresSinkForeignKey read(ResultSet row) throws SQLException {
        return new PostgresSinkForeignKey(
                new TableName(null, row.getString(1), row.getString(2)),
                row.getString(3),
                new TableName(null, row.getString(4), row.getString(5)),
                row.getString(6),
                row.getString(7));
    }

    String display() {
        return "foreign key " + name + " of " + table.display();
    }

    String dropSql() {
        return "ALTER TABLE " + Quoting.table(table) + " DROP CONSTRAINT " + Quoting.identifier(name);
    }

    String addSql() {
        return "ALTER TABLE " + Quoting.table(table) + " ADD CONSTRAINT " + Quoting.identifier(name) + " " + definition;
    }

    /** As {@link #addSql}, for what is written from then on. */
    String addNotValidSql() {
        return definition.endsWith(NOT_VALID) ? addSql() : addSql() + NOT_VALID;
    }

    /** As PostgreSQL prints it at a definition's end. */
    static final String NOT_VALID = " NOT VALID";
}
