package io.godwit.connector.postgresql;

import io.godwit.core.table.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a table has beside its columns, as statements that give it to the table which takes its place. */
final class PostgresSinkTraits {
    private static final String INDEXES = """
            SELECT i.relname::text, x.indisreplident, obj_description(i.oid, 'pg_class'),
                   con.conname::text, pg_get_constraintdef(con.oid), obj_description(con.oid, 'pg_constraint'),
                   CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END,
                   substr(pg_get_indexdef(i.oid), 1 + length(
                     'CREATE ' || CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || quote_ident(i.relname)
                     || ' ON ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || ' '))
              FROM pg_index x
              JOIN pg_class i ON i.oid = x.indexrelid
              JOIN pg_class c ON c.oid = x.indrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_constraint con
                     ON con.conindid = i.oid AND con.conrelid = c.oid AND con.contype IN ('p', 'u', 'x')
             WHERE x.indrelid = to_regclass(?) AND x.indisvalid
             ORDER BY 1
            """;

    /** Sequences of identity columns, and those that a column owns. */
    private static final String SEQUENCES = """
            SELECT a.attname::text, s.relname::text, d.deptype = 'i', quote_ident(sn.nspname) || '.' || quote_ident(s.relname)
              FROM pg_depend d
              JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
              JOIN pg_namespace sn ON sn.oid = s.relnamespace
              JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
             WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
               AND d.refobjid = to_regclass(?) AND d.deptype IN ('a', 'i')
             ORDER BY 1
            """;

    private static final String TRIGGERS = """
            SELECT pg_get_triggerdef(t.oid), t.tgname::text,
                   CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END,
                   obj_description(t.oid, 'pg_trigger')
              FROM pg_trigger t WHERE t.tgrelid = to_regclass(?) AND NOT t.tgisinternal
             ORDER BY t.tgname
            """;

    private static final String OPTIONS = """
            SELECT quote_ident(split_part(o, '=', 1)) || ' = ' || quote_literal(substr(o, strpos(o, '=') + 1))
              FROM pg_class c, unnest(c.reloptions) o WHERE c.oid = to_regclass(?)
             ORDER BY 1
            """;

    private static final String OWNER = """
            SELECT quote_ident(pg_get_userbyid(c.relowner)), c.relowner = current_user::regrole, c.relreplident::text,
                   obj_description(c.oid, 'pg_class'), c.relpersistence = 'u'
              FROM pg_class c WHERE c.oid = to_regclass(?)
            """;

    private final PostgresSinkSession session;
    private final TableName from;
    private final TableName to;
    private final String fromSql;
    private final String toSql;

    PostgresSinkTraits(PostgresSinkSession session, TableName from, TableName to) {
        this.session = session;
        this.from = from;
        this.to = to;
        this.fromSql = Quoting.table(from);
        this.toSql = Quoting.table(to);
    }

    /**
     * Statements.
     *
     * @param before while both tables are there, about the new one under its own name
     * @param after when the new one has the old one's name
     */
    record Step(List<String> before, List<String> after) {}

    /** In an order in which each finds what it needs. */
    List<Step> read() throws SQLException {
        List<Step> steps = new ArrayList<>(owner());
        steps.addAll(options());
        steps.addAll(indexes());
        steps.addAll(sequences());
        steps.addAll(triggers());
        steps.add(new Step(List.of(), new PostgresSinkGrants(session, from, to).read()));
        return steps;
    }

    private List<Step> options() throws SQLException {
        List<String> options = session.list(OPTIONS, row -> row.getString(1), fromSql);
        return options.isEmpty()
                ? List.of()
                : List.of(new Step(
                        List.of("ALTER TABLE " + toSql + " SET (" + String.join(", ", options) + ")"), List.of()));
    }

    private List<Step> indexes() throws SQLException {
        List<Step> steps = new ArrayList<>();
        for (Step step : session.list(INDEXES, row -> index(row, row.getRow()), fromSql)) {
            steps.add(step);
        }
        return steps;
    }

    private Step index(ResultSet row, int number) throws SQLException {
        TableName temporary = PostgresSinkSwap.temporary(to, number);
        String name = Quoting.identifier(row.getString(1));
        String constraint = row.getString(4);
        List<String> after = new ArrayList<>();
        after.add("ALTER INDEX " + Quoting.table(temporary) + " RENAME TO " + name);
        comment(after, "INDEX " + Quoting.identifier(Quoting.schema(from)) + "." + name, row.getString(3));
        if (constraint != null) {
            comment(after, "CONSTRAINT " + Quoting.identifier(constraint) + " ON " + fromSql, row.getString(6));
        }
        if (row.getBoolean(2)) {
            after.add("ALTER TABLE " + fromSql + " REPLICA IDENTITY USING INDEX " + name);
        }
        String create = constraint == null
                ? "CREATE " + row.getString(7) + "INDEX " + Quoting.identifier(temporary.name()) + " ON " + toSql + " "
                        + row.getString(8)
                : "ALTER TABLE " + toSql + " ADD CONSTRAINT " + Quoting.identifier(temporary.name()) + " "
                        + row.getString(5);
        return new Step(List.of(create), after);
    }

    /** The new identity column's sequence goes on where the old one's was; a sequence that a column owns moves over. */
    private List<Step> sequences() throws SQLException {
        List<Step> steps = new ArrayList<>();
        for (Sequence old : session.list(SEQUENCES, Sequence::read, fromSql)) {
            if (!old.identity()) {
                steps.add(new Step(
                        List.of("ALTER SEQUENCE " + old.sql() + " OWNED BY " + toSql + "."
                                + Quoting.identifier(old.column())),
                        List.of()));
                continue;
            }
            String fresh =
                    session.one("SELECT pg_get_serial_sequence(?, ?)", row -> row.getString(1), toSql, old.column());
            steps.add(new Step(
                    List.of("SELECT setval(" + Quoting.literal(fresh) + ", last_value, is_called) FROM " + old.sql()),
                    List.of("ALTER SEQUENCE " + fresh + " RENAME TO " + Quoting.identifier(old.name()))));
        }
        return steps;
    }

    private record Sequence(String column, String name, boolean identity, String sql) {
        static Sequence read(ResultSet row) throws SQLException {
            return new Sequence(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4));
        }
    }

    private List<Step> triggers() throws SQLException {
        return session.list(
                TRIGGERS,
                row -> {
                    String name = Quoting.identifier(row.getString(2));
                    List<String> after = new ArrayList<>();
                    after.add(row.getString(1));
                    if (row.getString(3) != null) {
                        after.add("ALTER TABLE " + fromSql + " " + row.getString(3) + " TRIGGER " + name);
                    }
                    comment(after, "TRIGGER " + name + " ON " + fromSql, row.getString(4));
                    return new Step(List.of(), after);
                },
                fromSql);
    }

    private List<Step> owner() throws SQLException {
        return session.list(
                OWNER,
                row -> {
                    // A sequence can only be owned by a table of its own owner.
                    List<String> before = row.getBoolean(2)
                            ? List.of()
                            : List.of("ALTER TABLE " + toSql + " OWNER TO " + row.getString(1));
                    List<String> after = new ArrayList<>();
                    comment(after, "TABLE " + fromSql, row.getString(4));
                    if (row.getString(3).equals("f") || row.getString(3).equals("n")) {
                        String identity = row.getString(3).equals("f") ? "FULL" : "NOTHING";
                        after.add("ALTER TABLE " + fromSql + " REPLICA IDENTITY " + identity);
                    }
                    if (row.getBoolean(5)) {
                        after.add("ALTER TABLE " + fromSql + " SET UNLOGGED");
                    }
                    return new Step(before, after);
                },
                fromSql);
    }

    private static void comment(List<String> statements, String of, @Nullable String text) {
        if (text != null) {
            statements.add("COMMENT ON " + of + " IS " + Quoting.literal(text));
        }
    }
}
