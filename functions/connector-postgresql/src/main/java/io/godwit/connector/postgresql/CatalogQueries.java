package io.godwit.connector.postgresql;

/**
 * Questions to the system catalog, each for any number of tables at once. They count on {@code search_path =
 * pg_catalog}: then everything that PostgreSQL prints is schema-qualified.
 */
final class CatalogQueries {
    private CatalogQueries() {}

    /**
     * Parameter: oids of tables as int8[]. Their columns' types, the base types of domains and the elements of arrays.
     */
    static final String TYPES = """
            WITH RECURSIVE wanted(oid) AS (
              SELECT a.atttypid FROM pg_attribute a
               WHERE a.attrelid = ANY (?::int8[]::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
              UNION
              SELECT part.oid
                FROM wanted JOIN pg_type t ON t.oid = wanted.oid
                CROSS JOIN LATERAL (VALUES (t.typbasetype), (t.typelem)) part(oid)
               WHERE part.oid <> 0)
            SELECT t.oid::int8 AS oid, n.nspname = 'pg_catalog' AS built_in, t.typname::text, t.typtype::text,
                   coalesce(e.oid, 0)::int8 AS element, t.typbasetype::int8, t.typtypmod,
                   ARRAY(SELECT l.enumlabel::text FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder)
                     AS labels
              FROM wanted
              JOIN pg_type t ON t.oid = wanted.oid
              JOIN pg_namespace n ON n.oid = t.typnamespace
              -- int2vector and the like have elements too, and are no arrays
              LEFT JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
            """;

    /** Databases that may be connected to. */
    static final String DATABASES = """
            SELECT datname::text FROM pg_database
             WHERE datallowconn AND NOT datistemplate AND has_database_privilege(oid, 'CONNECT') ORDER BY 1
            """;

    private static final String FROM_USERS_TABLES = """
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND c.relpersistence <> 't'
               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'godwit')
               AND NOT EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            """;

    /** Tables and views that a user made, leaf partitions left to their roots. */
    static final String TABLES = "SELECT n.nspname::text, c.relname::text " + FROM_USERS_TABLES;

    /** One row. */
    static final String REPORT = """
            SELECT count(*) AS tables,
                   count(*) FILTER (WHERE NOT has_schema_privilege(n.oid, 'USAGE')
                                       OR NOT has_any_column_privilege(c.oid, 'SELECT')) AS unreadable,
                   count(*) FILTER (WHERE c.relrowsecurity AND row_security_active(c.oid)) AS hidden,
                   pg_is_in_recovery() AS standby, current_setting('server_version') AS version,
                   coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted,
                   coalesce(inet_server_addr() << '127.0.0.0/8' OR inet_server_addr() = '::1', true) AS local
            """ + FROM_USERS_TABLES;

    private static final String ROWS_AND_BYTES = """
            CASE WHEN c.relkind NOT IN ('r', 'm', 'f') THEN -1
                 WHEN c.relpages > 0 AND c.reltuples >= 0 THEN c.reltuples::int8
                 WHEN c.relkind <> 'f' AND pg_relation_size(c.oid) = 0 THEN 0
                 ELSE -1 END AS estimated_rows,
            CASE WHEN c.relkind NOT IN ('r', 'm') THEN -1
                 ELSE CASE WHEN c.relpages > 0 AND c.reltuples >= 0
                           THEN c.relpages * current_setting('block_size')::int8
                           ELSE coalesce(pg_relation_size(c.oid), 0) END
                    + CASE WHEN toast.relpages > 0 THEN toast.relpages * current_setting('block_size')::int8
                           ELSE coalesce(pg_relation_size(toast.oid), 0) END
                 END AS estimated_bytes
            """;

    /** Parameters: schemas and names as text[] of one length. */
    static final String RELATIONS = """
            SELECT c.oid::int8 AS oid, n.nspname::text, c.relname::text, c.relkind::text, d.description,
            """ + ROWS_AND_BYTES + """
              FROM unnest(?::text[], ?::text[]) AS wanted(schema, name)
              JOIN pg_namespace n ON n.nspname = wanted.schema
              JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
                             AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
              LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
              LEFT JOIN pg_description d
                     ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
            """;

    /** Parameter: oids of tables as int8[]. Leaf partitions of those that are partitioned. */
    static String partitions(int serverVersion) {
        // A partition that is being detached is no longer the root's.
        String attached = serverVersion >= 14 ? "NOT i.inhdetachpending" : "true";
        return """
            WITH RECURSIVE tree(root, oid) AS (
              SELECT c.oid, c.oid FROM pg_class c WHERE c.oid = ANY (?::int8[]::oid[]) AND c.relkind = 'p'
              UNION ALL
              SELECT tree.root, i.inhrelid FROM tree JOIN pg_inherits i ON i.inhparent = tree.oid WHERE\s""" + attached + """
            )
            SELECT tree.root::int8 AS attrelid, n.nspname::text, c.relname::text, c.relkind::text,
            """ + ROWS_AND_BYTES + """
              FROM tree
              JOIN pg_class c ON c.oid = tree.oid AND c.relkind IN ('r', 'f')
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
             ORDER BY 1, 2, 3
            """;
    }

    /** Parameter: oids of tables as int8[]. */
    static final String COLUMNS = """
            SELECT a.attrelid::int8 AS attrelid, a.attnum, a.attname::text, a.atttypid::int8, a.atttypmod,
                   format_type(a.atttypid, a.atttypmod) AS native_type,
                   -- PostgreSQL 18 has constraints that old rows may break
                   a.attnotnull AND (a.attrelid, a.attnum) NOT IN (
                     SELECT k.conrelid, k.conkey[1] FROM pg_constraint k WHERE k.contype = 'n' AND NOT k.convalidated)
                     AS not_null,
                   pg_get_expr(d.adbin, d.adrelid) AS expression, a.attgenerated <> '' AS generated,
                   a.attidentity::text,
                   d.oid IS NOT NULL AND EXISTS (SELECT FROM pg_depend owned
                             JOIN pg_class s ON s.oid = owned.objid AND s.relkind = 'S'
                             JOIN pg_depend uses ON uses.classid = 'pg_attrdef'::regclass AND uses.objid = d.oid
                                                AND uses.refclassid = 'pg_class'::regclass AND uses.refobjid = s.oid
                            WHERE owned.classid = 'pg_class'::regclass AND owned.deptype = 'a'
                              AND owned.refclassid = 'pg_class'::regclass
                              AND owned.refobjid = a.attrelid AND owned.refobjsubid = a.attnum) AS serial,
                   CASE WHEN a.attcollation <> t.typcollation
                        THEN quote_ident(cn.nspname) || '.' || quote_ident(c.collname) END AS collation,
                   description.description
              FROM pg_attribute a
              JOIN pg_type t ON t.oid = a.atttypid
              LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
              LEFT JOIN pg_collation c ON c.oid = a.attcollation
              LEFT JOIN pg_namespace cn ON cn.oid = c.collnamespace
              LEFT JOIN pg_description description
                     ON description.objoid = a.attrelid AND description.classoid = 'pg_class'::regclass
                    AND description.objsubid = a.attnum
             WHERE a.attrelid = ANY (?::int8[]::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attrelid, a.attnum
            """;

    /** Parameter: oids of tables as int8[]. */
    static final String INDEXES = """
            SELECT x.indrelid::int8 AS attrelid, i.relname::text, x.indisprimary, x.indisunique, am.amname::text,
                   x.indpred IS NULL AND x.indexprs IS NULL AS plain, x.indexprs IS NOT NULL AS expressions,
                   (x.indkey::int2[])[0 : x.indnkeyatts - 1] AS columns,
                   CASE WHEN x.indisprimary THEN NULL
                        WHEN con.oid IS NOT NULL THEN pg_get_constraintdef(con.oid)
                        ELSE substr(pg_get_indexdef(i.oid), 1 + length(
                               'CREATE ' || CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX '
                               || quote_ident(i.relname) || ' ON ' || CASE WHEN i.relkind = 'I' THEN 'ONLY ' ELSE '' END
                               || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || ' ')) END AS definition
              FROM pg_index x
              JOIN pg_class i ON i.oid = x.indexrelid
              JOIN pg_class c ON c.oid = x.indrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_am am ON am.oid = i.relam
              LEFT JOIN pg_constraint con
                     ON con.conindid = i.oid AND con.conrelid = c.oid AND con.contype IN ('u', 'x')
             WHERE x.indrelid = ANY (?::int8[]::oid[]) AND x.indisvalid
             ORDER BY 1, 2
            """;

    /** Parameter: oids of tables as int8[]. */
    static final String CONSTRAINTS = """
            SELECT k.conrelid::int8 AS attrelid, k.contype::text, k.conname::text, pg_get_constraintdef(k.oid) AS definition,
                   rn.nspname::text, r.relname::text,
                   k.conkey AS columns,
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(attnum, n)
                           JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum ORDER BY u.n)
                     AS referenced
              FROM pg_constraint k
              LEFT JOIN pg_class r ON r.oid = k.confrelid
              LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
             WHERE k.conrelid = ANY (?::int8[]::oid[]) AND k.contype IN ('f', 'c') AND k.conparentid = 0
             ORDER BY 1, 2, 3
            """;

    /** Parameters: schemas and names as text[] of one length. */
    static final String SIZES = """
            SELECT n.nspname::text, c.relname::text, c.relkind IN ('r', 'm') AS heap,
                   has_table_privilege(c.oid, 'SELECT') AS readable,
                   CASE WHEN c.relkind IN ('r', 'm') THEN coalesce(pg_relation_size(c.oid), 0) ELSE 0 END AS heap_bytes,
                   coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0) AS toast_bytes,
                   CASE WHEN c.relpages > 0 AND c.reltuples >= 0 THEN c.reltuples / c.relpages ELSE -1 END
                     AS rows_per_block,
                   current_setting('block_size')::int8 AS block_size
              FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS wanted(schema, name, place)
              JOIN pg_namespace n ON n.nspname = wanted.schema
              JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
             ORDER BY wanted.place
            """;

    /** Parameters: a table's schema and name. How closely the rows lie in the order of each column, from 0 to 1. */
    static final String CORRELATIONS = """
            SELECT DISTINCT ON (attname) attname::text, abs(correlation) AS correlation
              FROM pg_stats
             WHERE schemaname = ? AND tablename = ? AND correlation IS NOT NULL
             ORDER BY attname, inherited
            """;
}
