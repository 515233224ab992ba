package io.godwit.connector.sqlserver;

import io.godwit.connector.jdbc.dialect.CatalogSql;
import io.godwit.connector.sqlserver.SqlServerTypes.Described;
import io.godwit.core.table.Column;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * By the catalog views of {@code sys}, which show a user what it may see.
 *
 * @param micros whether times of seven digits are taken for times of six
 */
record SqlServerCatalog(boolean micros) implements CatalogSql {
    private static final String OF_OBJECT = " FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id ";
    private static final String USERS = "o.type IN ('U', 'V') AND o.is_ms_shipped = 0";

    @Override
    public String databases() {
        return "SELECT name FROM sys.databases WHERE database_id > 4 AND state = 0 AND HAS_DBACCESS(name) = 1 "
                + "ORDER BY name";
    }

    @Override
    public String tables() {
        return "SELECT s.name AS owner_, o.name AS table_, CASE o.type WHEN 'U' THEN 'table' ELSE 'view' END AS kind_, "
                + comment("0") + " AS comment_, "
                + "COALESCE((SELECT SUM(p.rows) FROM sys.partitions p WHERE p.object_id = o.object_id "
                + "AND p.index_id IN (0, 1)), -1) AS rows_, "
                + "COALESCE((SELECT SUM(a.used_pages) * 8192 FROM sys.partitions p JOIN sys.allocation_units a "
                + "ON a.container_id IN (p.hobt_id, p.partition_id) WHERE p.object_id = o.object_id "
                + "AND p.index_id IN (0, 1)), -1) AS bytes_" + OF_OBJECT + "WHERE " + USERS;
    }

    @Override
    public String columns() {
        return "SELECT s.name AS owner_, o.name AS table_, c.column_id AS place_, c.name AS name_, "
                + "COALESCE(b.name, t.name) AS type_, c.max_length AS length_, c.precision AS precision_, "
                + "c.scale AS scale_, c.is_nullable AS nullable_, c.is_computed AS computed_, "
                + "c.is_identity AS identity_, c.collation_name AS collation_, " + comment("c.column_id")
                + " AS comment_" + OF_OBJECT + "JOIN sys.columns c ON c.object_id = o.object_id "
                + "JOIN sys.types t ON t.user_type_id = c.user_type_id "
                + "LEFT JOIN sys.types b ON b.user_type_id = t.system_type_id WHERE " + USERS;
    }

    @Override
    public Column column(ResultSet row) throws SQLException {
        Described described = new Described(
                row.getString("type_"), row.getInt("length_"), row.getInt("precision_"), row.getInt("scale_"));
        boolean counted = described.type().equals("timestamp");
        return new Column(
                row.getString("name_"),
                SqlServerTypes.of(described, micros),
                described.ddl(),
                row.getBoolean("nullable_"),
                null,
                counted || row.getBoolean("computed_"),
                row.getBoolean("identity_") ? Column.Identity.ALWAYS : null,
                row.getString("collation_"),
                row.getString("comment_"));
    }

    /** Of an index with a filter no column is told: it says nothing of all rows. */
    @Override
    public String indexes() {
        return "SELECT s.name AS owner_, o.name AS table_, i.name AS index_, x.key_ordinal AS place_, "
                + "CAST(i.is_primary_key AS int) AS primary_, CAST(i.is_unique AS int) AS unique_, "
                + "LOWER(i.type_desc) AS method_, CASE WHEN i.has_filter = 0 THEN c.name END AS column_" + OF_OBJECT
                + "JOIN sys.indexes i ON i.object_id = o.object_id AND i.type IN (1, 2) AND i.is_hypothetical = 0 "
                + "JOIN sys.index_columns x ON x.object_id = i.object_id AND x.index_id = i.index_id "
                + "AND x.key_ordinal > 0 "
                + "JOIN sys.columns c ON c.object_id = x.object_id AND c.column_id = x.column_id WHERE " + USERS;
    }

    @Override
    public String references() {
        return "SELECT s.name AS owner_, o.name AS table_, f.name AS reference_, k.constraint_column_id AS place_, "
                + "c.name AS column_, ps.name AS parent_owner_, p.name AS parent_, pc.name AS parent_column_"
                + OF_OBJECT
                + "JOIN sys.foreign_keys f ON f.parent_object_id = o.object_id "
                + "JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id "
                + "JOIN sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id "
                + "JOIN sys.objects p ON p.object_id = f.referenced_object_id "
                + "JOIN sys.schemas ps ON ps.schema_id = p.schema_id "
                + "JOIN sys.columns pc ON pc.object_id = p.object_id AND pc.column_id = k.referenced_column_id WHERE "
                + USERS;
    }

    @Override
    public String schema() {
        return "SELECT SCHEMA_NAME()";
    }

    private static String comment(String column) {
        return "(SELECT CAST(e.value AS nvarchar(4000)) FROM sys.extended_properties e WHERE e.class = 1 "
                + "AND e.major_id = o.object_id AND e.minor_id = " + column + " AND e.name = N'MS_Description')";
    }
}
