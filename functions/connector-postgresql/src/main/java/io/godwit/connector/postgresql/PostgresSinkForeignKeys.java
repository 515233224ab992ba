package io.godwit.connector.postgresql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds foreign keys, and adds them. */
final class PostgresSinkForeignKeys {
    private static final String VIOLATED = "23503";

    private static final String TABLES = "SELECT t.oid FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace "
            + "JOIN unnest(?::text[], ?::text[]) w(schema, name) ON w.schema = n.nspname AND w.name = t.relname";

    /** Those that are a table's own, not the partitioned table's above it. */
    private static final String TOUCHING = """
            SELECT cn.nspname::text, c.relname::text, k.conname::text, rn.nspname::text, r.relname::text,
                   pg_get_constraintdef(k.oid), obj_description(k.oid, 'pg_constraint')
              FROM pg_constraint k
              JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
              JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
             WHERE k.contype = 'f' AND k.conparentid = 0 AND (r.oid IN (TABLES) OR c.oid IN (TABLES))
             ORDER BY 1, 2, 3
            """.replace("TABLES", TABLES);

    private static final String COLUMNS = """
            SELECT ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(n, o)
                           JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY u.o),
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(n, o)
                           JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY u.o),
                   ARRAY(SELECT a.attname::text FROM pg_constraint p, unnest(p.conkey) WITH ORDINALITY u(n, o)
                           JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n
                          WHERE p.conrelid = k.conrelid AND p.contype = 'p' ORDER BY u.o)
              FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND k.conname = ?
            """;

    private final PostgresSinkSession session;
    private final PostgresSinkScript script;

    PostgresSinkForeignKeys(PostgresSinkSession session, PostgresSinkScript script) {
        this.session = session;
        this.script = script;
    }

    /** All keys of the tables, and all that refer to them. */
    List<PostgresSinkForeignKey> touching(Collection<TableName> tables) throws SQLException {
        String[] schemas = tables.stream().map(Quoting::schema).toArray(String[]::new);
        String[] names = tables.stream().map(TableName::name).toArray(String[]::new);
        return session.list(TOUCHING, PostgresSinkForeignKey::read, schemas, names, schemas, names);
    }

    /**
     * Adds a key, checked over all rows.
     *
     * @throws GodwitException ROW_REFUSED where rows refer to nobody, naming the first; then nothing was changed
     */
    void add(PostgresSinkForeignKey key) throws SQLException {
        session.run("SAVEPOINT adding");
        try {
            script.run(key.addSql());
        } catch (SQLException e) {
            if (!VIOLATED.equals(e.getSQLState())) {
                throw e;
            }
            session.run("ROLLBACK TO SAVEPOINT adding");
            throw violation(key);
        }
        if (key.comment() != null) {
            script.run("COMMENT ON CONSTRAINT " + Quoting.identifier(key.name()) + " ON " + Quoting.table(key.table())
                    + " IS " + Quoting.literal(key.comment()));
        }
        session.run("RELEASE SAVEPOINT adding");
    }

    private GodwitException violation(PostgresSinkForeignKey key) throws SQLException {
        session.run(key.addNotValidSql());
        List<List<String>> columns = session.one(
                COLUMNS,
                row -> List.of(
                        List.of((String[]) row.getArray(1).getArray()),
                        List.of((String[]) row.getArray(2).getArray()),
                        List.of((String[]) row.getArray(3).getArray())),
                key.table().schema(),
                key.table().name(),
                key.name());
        String orphans = session.first(orphans(key, columns.get(0), columns.get(1), columns.get(2)), row -> {
                    String first = row.getString(2).isEmpty()
                            ? ""
                            : ", the first with (" + String.join(", ", columns.get(2)) + ")=(" + row.getString(2)
                                    + "),";
                    return row.getLong(1) + " rows" + first;
                })
                .orElse("rows");
        session.run("ROLLBACK TO SAVEPOINT adding");
        return new GodwitException(
                ErrorCode.ROW_REFUSED,
                key.table().display() + ": " + orphans + " refer to rows that "
                        + key.references().display() + " does not have, and break foreign key " + key.name(),
                "Load the missing rows too or mend the source, and retry the run.");
    }

    /** How many rows refer to nobody, and the key of one. */
    private static String orphans(
            PostgresSinkForeignKey key, List<String> columns, List<String> referenced, List<String> primary) {
        String given = columns.stream()
                .map(column -> "c." + Quoting.identifier(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        String equal = IntStream.range(0, columns.size())
                .mapToObj(i ->
                        "p." + Quoting.identifier(referenced.get(i)) + " = c." + Quoting.identifier(columns.get(i)))
                .collect(Collectors.joining(" AND "));
        String name = primary.isEmpty()
                ? "''"
                : primary.stream()
                        .map(column -> "left(c." + Quoting.identifier(column) + "::text, 200)")
                        .collect(Collectors.joining(", ", "concat_ws(', ', ", ")"));
        return "SELECT count(*) OVER (), " + name + " FROM " + Quoting.table(key.table()) + " c WHERE " + given
                + " AND NOT EXISTS (SELECT FROM " + Quoting.table(key.references()) + " p WHERE " + equal + ") LIMIT 1";
    }
}
