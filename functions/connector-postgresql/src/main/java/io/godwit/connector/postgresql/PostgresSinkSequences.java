package io.godwit.connector.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Advances the sequences that number a loaded table's columns past the loaded rows: identity, serial, and any other
 * that a default draws from. Never back.
 */
final class PostgresSinkSequences {
    /** Parameters: the table, quoted, twice; names of columns. */
    private static final String NUMBERING = """
            SELECT DISTINCT a.attname::text, quote_ident(n.nspname) || '.' || quote_ident(s.relname), q.seqincrement > 0
              FROM (SELECT d.refobjsubid AS attnum, d.objid AS sequence FROM pg_depend d
                     WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                       AND d.refobjid = to_regclass(?) AND d.deptype IN ('a', 'i')
                    UNION
                    SELECT f.adnum, d.refobjid FROM pg_attrdef f JOIN pg_depend d
                        ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
                     WHERE f.adrelid = to_regclass(?)) numbers
              JOIN pg_class s ON s.oid = numbers.sequence AND s.relkind = 'S'
              JOIN pg_sequence q ON q.seqrelid = s.oid
              JOIN pg_namespace n ON n.oid = s.relnamespace
              JOIN pg_attribute a ON a.attrelid = to_regclass(?) AND a.attnum = numbers.attnum
             WHERE a.attname = ANY (?::text[]) AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
             ORDER BY 1, 2
            """;

    private final PostgresSinkSession session;
    private final PostgresSinkScript script;

    PostgresSinkSequences(PostgresSinkSession session, PostgresSinkScript script) {
        this.session = session;
        this.script = script;
    }

    private record Numbering(String column, String sequence, boolean up) {
        static Numbering read(ResultSet row) throws SQLException {
            return new Numbering(row.getString(1), row.getString(2), row.getBoolean(3));
        }
    }

    void advance(PostgresSinkTarget target) throws SQLException {
        List<Numbering> numberings = session.list(
                NUMBERING,
                Numbering::read,
                target.sql(),
                target.sql(),
                target.sql(),
                target.columnNames().toArray(new String[0]));
        for (Numbering numbering : numberings) {
            advance(target, numbering);
        }
    }

    private void advance(PostgresSinkTarget target, Numbering numbering) throws SQLException {
        String furthest = (numbering.up() ? "max(" : "min(") + Quoting.identifier(numbering.column()) + ")";
        Long value =
                session.one("SELECT " + furthest + "::int8 FROM " + target.sql(), row -> row.getObject(1, Long.class));
        if (value == null) {
            return;
        }
        boolean behind = session.one(
                "SELECT CASE WHEN is_called THEN last_value " + (numbering.up() ? "<" : ">") + " ? ELSE last_value "
                        + (numbering.up() ? "<=" : ">=") + " ? END FROM " + numbering.sequence(),
                row -> row.getBoolean(1),
                value,
                value);
        if (behind) {
            script.run("SELECT setval(" + Quoting.literal(numbering.sequence()) + ", " + value + ")");
        }
    }
}
