package io.godwit.connector.jdbc.dialect;

import io.godwit.core.job.TypeWord;
import io.godwit.core.table.Column;
import java.sql.ResultSet;
import java.sql.SQLException;

/** By {@code pg_catalog}. */
final class PlainCatalog implements CatalogSql {
    private static final String OF_CLASS = " FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace ";

    @Override
    public String databases() {
        return "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1";
    }

    @Override
    public String tables() {
        return "SELECT n.nspname AS owner_, t.relname AS table_, CASE t.relkind WHEN 'r' THEN 'table' ELSE 'view' END "
                + "AS kind_, obj_description(t.oid) AS comment_, t.reltuples::int8 AS rows_, pg_relation_size(t.oid) "
                + "AS bytes_" + OF_CLASS + "WHERE t.relkind IN ('r', 'v') AND n.nspname NOT LIKE 'pg\\_%' "
                + "AND n.nspname <> 'information_schema'";
    }

    @Override
    public String columns() {
        return "SELECT n.nspname AS owner_, t.relname AS table_, a.attnum AS place_, a.attname AS name_, "
                + "format_type(a.atttypid, a.atttypmod) AS type_, a.attnotnull AS required_" + OF_CLASS
                + "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped";
    }

    @Override
    public Column column(ResultSet row) throws SQLException {
        String type = row.getString("type_");
        return new Column(
                row.getString("name_"),
                TypeWord.parse(type),
                type,
                !row.getBoolean("required_"),
                null,
                false,
                null,
                null,
                null);
    }

    @Override
    public String indexes() {
        return "SELECT n.nspname AS owner_, t.relname AS table_, i.relname AS index_, k.place AS place_, "
                + "x.indisprimary::int AS primary_, x.indisunique::int AS unique_, 'btree' AS method_, "
                + "a.attname AS column_" + OF_CLASS + "JOIN pg_index x ON x.indrelid = t.oid "
                + "JOIN pg_class i ON i.oid = x.indexrelid "
                + "CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(number, place) "
                + "LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number AND k.number > 0";
    }

    @Override
    public String references() {
        return "SELECT n.nspname AS owner_, t.relname AS table_, c.conname AS reference_, 1 AS place_, "
                + "a.attname AS column_, pn.nspname AS parent_owner_, p.relname AS parent_, b.attname AS parent_column_"
                + OF_CLASS + "JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f' "
                + "JOIN pg_class p ON p.oid = c.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace "
                + "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1] "
                + "JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = c.confkey[1]";
    }

    @Override
    public String schema() {
        return "SELECT current_schema()";
    }
}
