package io.godwit.connector.postgresql;

import io.godwit.core.table.Index;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives a created table the primary key that could wait, and its source's indexes and unique constraints. */
final class PostgresSinkIndexes {
    private static final String THERE = """
            SELECT i.relname::text,
                   coalesce(pg_get_constraintdef(con.oid),
                            substr(pg_get_indexdef(i.oid), strpos(pg_get_indexdef(i.oid), ' USING ') + 1))
              FROM pg_index x
              JOIN pg_class i ON i.oid = x.indexrelid
              LEFT JOIN pg_constraint con
                     ON con.conindid = i.oid AND con.conrelid = x.indrelid AND con.contype IN ('u', 'x')
             WHERE x.indrelid = to_regclass(?)
            """;

    private final PostgresSinkSession session;
    private final PostgresSinkScript script;
    private final PostgresSinkTarget target;
    private final PostgresSinkMapping mapping;

    PostgresSinkIndexes(PostgresSinkSession session, PostgresSinkScript script, PostgresSinkTarget target) {
        this.session = session;
        this.script = script;
        this.target = target;
        this.mapping = new PostgresSinkMapping(target.first());
    }

    /** Tells what {@link #create} will do to a table that is not there yet. */
    void announce() throws SQLException {
        each(Set.of(), (sql, leftOut) -> script.announce(sql));
    }

    void create() throws SQLException {
        Set<String> there = new HashSet<>();
        session.list(THERE, row -> there.addAll(List.of(row.getString(1), row.getString(2))), target.sql());
        each(there, script::runIfPossible);
    }

    /** What to do with a statement; and what is to be said if it cannot be done. */
    private interface Use {
        void of(String sql, String leftOut) throws SQLException;
    }

    private void each(Set<String> there, Use use) throws SQLException {
        for (Index index : mapping.source().indexes()) {
            Optional<String> definition = definition(index);
            if (definition.isEmpty()) {
                script.note(leftOut(index) + ", because a column that it may name does not come along as it is");
            } else if (index.unique() && target.isShared()) {
                script.note(leftOut(index) + ": unique in each source, perhaps not in all together");
            } else if (!there.contains(index.name()) && !there.contains(definition.get())) {
                use.of(sql(index, definition.get()), leftOut(index));
            }
        }
    }

    private String leftOut(Index index) {
        return target.name().display() + ": index " + index.name() + " is left out";
    }

    /** The source's own words where they still hold; else, of an index over columns only, these. */
    private Optional<String> definition(Index index) {
        String definition = index.definition();
        if (definition != null && mapping.isSameKind() && mapping.keeps(definition)) {
            return Optional.of(definition);
        }
        boolean plain = !index.columns().isEmpty() && (definition == null || !definition.contains(" WHERE "));
        return plain && index.method().equals("btree")
                ? mapping.targets(index.columns()).map(columns -> "USING btree (" + Quoting.identifiers(columns) + ")")
                : Optional.empty();
    }

    private String sql(Index index, String definition) throws SQLException {
        // Names of indexes are one per schema: where it is taken, PostgreSQL chooses.
        boolean free = session.one(
                "SELECT to_regclass(?) IS NULL",
                row -> row.getBoolean(1),
                Quoting.identifier(target.schema()) + "." + Quoting.identifier(index.name()));
        String name = free ? Quoting.identifier(index.name()) + " " : "";
        if (definition.startsWith("USING ")) {
            return "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + name + "ON " + target.sql() + " "
                    + definition;
        }
        return "ALTER TABLE " + target.sql() + " ADD " + (free ? "CONSTRAINT " + name : "") + definition;
    }
}
