package io.godwit.core.table;

import org.jspecify.annotations.Nullable;

/**
 * A table's full name, each part as the database stores it: unquoted, case kept. A part that the database does not have
 * is null (MySQL has no schemas).
 */
public record TableName(@Nullable String database, @Nullable String schema, String name)
        implements Comparable<TableName> {
    public TableName {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a table's name is not empty");
        }
    }

    /** {@code schema.name}, or the name alone: for people, never for SQL. */
    public String display() {
        return schema == null ? name : schema + "." + name;
    }

    @Override
    public int compareTo(TableName other) {
        return toString().compareTo(other.toString());
    }

    /** {@code database.schema.name} without the parts that are missing: for people, never for SQL. */
    @Override
    public String toString() {
        return database == null ? display() : database + "." + display();
    }
}
