package io.godwit.connector.postgresql;

import io.godwit.core.table.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a table as it is now, with what decides how they can be written. */
final class PostgresSinkColumns {
    /** Parameters: schema and name. A domain is received as its base type. */
    private static final String QUERY = """
            SELECT a.attname::text, format_type(a.atttypid, a.atttypmod) AS native_type,
                   a.attgenerated <> '' AS generated, a.attidentity = 'a' AS always, receive.proname::text AS receive,
                   CASE WHEN element.oid IS NOT NULL AND en.nspname = 'pg_catalog' THEN element.typname::text END AS element,
                   bound.typname::text AS bound
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              JOIN pg_type base ON base.oid = (
                WITH RECURSIVE under(oid, base) AS (
                  SELECT t.oid, t.typbasetype FROM pg_type t WHERE t.oid = a.atttypid
                  UNION ALL
                  SELECT t.oid, t.typbasetype FROM under JOIN pg_type t ON t.oid = under.base)
                SELECT oid FROM under WHERE base = 0)
              LEFT JOIN pg_proc receive ON receive.oid = base.typreceive
              LEFT JOIN pg_type element ON element.oid = base.typelem AND element.typarray = base.oid
              LEFT JOIN pg_namespace en ON en.oid = element.typnamespace
              LEFT JOIN pg_range r ON base.oid IN (r.rngtypid, MULTIRANGE)
              LEFT JOIN pg_type bound ON bound.oid = r.rngsubtype
             WHERE n.nspname = ? AND c.relname = ?
             ORDER BY a.attnum
            """;

    private PostgresSinkColumns() {}

    /**
     * A column.
     *
     * @param always numbered by the database, so that UPDATE cannot set it
     * @param receive the function that reads its binary form; null where it has none
     * @param element the built-in type of an array's elements; null where it is no such array
     * @param bound the type of a range's bounds; null where it is no range
     */
    record LiveColumn(
            String name,
            String nativeType,
            boolean generated,
            boolean always,
            @Nullable String receive,
            @Nullable String element,
            @Nullable String bound) {
        private static LiveColumn read(ResultSet row) throws SQLException {
            return new LiveColumn(
                    row.getString("attname"),
                    row.getString("native_type"),
                    row.getBoolean("generated"),
                    row.getBoolean("always"),
                    row.getString("receive"),
                    row.getString("element"),
                    row.getString("bound"));
        }
    }

    /** The table's columns in their order; empty where there is no such table. Counts on the catalog's search path. */
    static Map<String, LiveColumn> of(PostgresSinkSession session, TableName table) throws SQLException {
        String multirange = session.jdbc().getServerMajorVersion() >= 14 ? "r.rngmultitypid" : "NULL";
        Map<String, LiveColumn> columns = new LinkedHashMap<>();
        for (LiveColumn column : session.list(
                QUERY.replace("MULTIRANGE", multirange), LiveColumn::read, Quoting.schema(table), table.name())) {
            columns.put(column.name(), column);
        }
        return columns;
    }
}
