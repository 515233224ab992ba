package io.godwit.connector.postgresql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a table that was loaded aside into its target's place. It brings columns, defaults, checks and comments with it,
 * and is given the target's indexes, keys, sequences, triggers, options, owner and grants before the target is dropped.
 * What it cannot be given is refused before anything is loaded: views and functions that use the target, inheritance
 * and partitions, rules, policies, publications. Foreign keys are the caller's.
 *
 * <p>Readers see the old rows until the commit. Indexes are built before the target is locked against them.
 */
final class PostgresSinkSwap {
    /** Parameter: the target, quoted. What hinders, a line each. */
    private static final String HINDRANCES = """
            WITH t AS (SELECT c.* FROM pg_class c WHERE c.oid = to_regclass(?))
            SELECT 'view ' || v.oid::regclass FROM t, pg_depend d JOIN pg_rewrite w ON w.oid = d.objid
                   JOIN pg_class v ON v.oid = w.ev_class
             WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
               AND v.oid <> t.oid
            UNION SELECT 'function ' || d.objid::regprocedure FROM t, pg_depend d
             WHERE d.classid = 'pg_proc'::regclass AND d.refclassid IN ('pg_class'::regclass, 'pg_type'::regclass)
               AND d.refobjid IN (t.oid, t.reltype)
            UNION SELECT 'column of its row type in ' || d.objid::regclass FROM t, pg_depend d
             WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_type'::regclass AND d.refobjid = t.reltype
            UNION SELECT 'inheritance' FROM t, pg_inherits i WHERE t.oid IN (i.inhrelid, i.inhparent)
            UNION SELECT 'partitions' FROM t WHERE t.relkind = 'p'
            UNION SELECT 'rules' FROM t, pg_rewrite w WHERE w.ev_class = t.oid
            UNION SELECT 'row-level security' FROM t WHERE t.relrowsecurity
                      OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid)
            UNION SELECT 'publication ' || p.pubname FROM t, pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
             WHERE r.prrelid = t.oid
            UNION SELECT 'type ' || t.reloftype::regtype FROM t WHERE t.reloftype <> 0
            ORDER BY 1
            """;

    private final PostgresSinkSession session;
    private final PostgresSinkScript script;
    private final PostgresSinkTarget target;

    PostgresSinkSwap(PostgresSinkSession session, PostgresSinkScript script, PostgresSinkTarget target) {
        this.session = session;
        this.script = script;
        this.target = target;
    }

    /** @throws GodwitException NOT_SUPPORTED naming what hinders */
    void requirePossible() throws SQLException {
        List<String> hindrances = session.list(HINDRANCES, row -> row.getString(1), target.sql());
        if (!hindrances.isEmpty()) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    target.name().display() + " cannot be swapped: " + String.join(", ", hindrances),
                    "Use mode overwrite, which keeps the table and replaces its rows.");
        }
    }

    /** Swaps. The target's foreign keys, in and out, are off. */
    void swap() throws SQLException {
        // Nobody changes or swaps it meanwhile; others read and write on.
        script.run("LOCK TABLE " + target.sql() + " IN SHARE UPDATE EXCLUSIVE MODE");
        requirePossible();
        PostgresSinkTraits traits = new PostgresSinkTraits(session, target.name(), target.loaded());
        List<String> after = new ArrayList<>();
        for (PostgresSinkTraits.Step step : traits.read()) {
            for (String sql : step.before()) {
                script.run(sql);
            }
            after.addAll(step.after());
        }
        script.run("DROP TABLE " + target.sql());
        script.run("ALTER TABLE " + Quoting.table(target.loaded()) + " RENAME TO "
                + Quoting.identifier(target.name().name()));
        for (String sql : after) {
            script.run(sql);
        }
    }

    /** A name for what is renamed once the target's own has gone. */
    static TableName temporary(TableName aside, int number) {
        return new TableName(null, aside.schema(), aside.name() + "_" + number);
    }
}
