package io.godwit.connector.oracle;

import io.godwit.connector.jdbc.dialect.CatalogSql;
import io.godwit.connector.oracle.OracleTypes.Described;
import io.godwit.core.table.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * By the views {@code all_...}, which show a user what it may see.
 *
 * @param database the one service of the connection
 * @param micros whether finer times are taken for times of six digits
 */
record OracleCatalog(String database, boolean micros) implements CatalogSql {
    private static final String USERS = ".owner NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y')";

    @Override
    public String databases() {
        return "SELECT " + OracleWords.WORDS.literal(database) + " FROM dual";
    }

    @Override
    public String tables() {
        return "SELECT o.owner AS owner_, o.object_name AS table_, "
                + "CASE o.object_type WHEN 'TABLE' THEN 'table' ELSE 'view' END AS kind_, c.comments AS comment_, "
                + "COALESCE(t.num_rows, -1) AS rows_, COALESCE(t.num_rows * t.avg_row_len, -1) AS bytes_ "
                + "FROM all_objects o LEFT JOIN all_tables t ON t.owner = o.owner AND t.table_name = o.object_name "
                + "LEFT JOIN all_tab_comments c ON c.owner = o.owner AND c.table_name = o.object_name "
                + "WHERE o.object_type IN ('TABLE', 'VIEW') AND o.secondary = 'N' AND o.temporary = 'N' "
                + "AND COALESCE(t.nested, 'NO') = 'NO' AND o.object_name NOT LIKE 'BIN$%' AND o" + USERS;
    }

    @Override
    public String columns() {
        return "SELECT c.owner AS owner_, c.table_name AS table_, c.column_id AS place_, c.column_name AS name_, "
                + "c.data_type AS type_, c.data_length AS bytes_, c.char_length AS chars_, c.char_used AS used_, "
                + "c.data_precision AS precision_, c.data_scale AS scale_, c.nullable AS nullable_, "
                + "c.virtual_column AS virtual_, c.identity_column AS identity_, m.comments AS comment_ "
                + "FROM all_tab_cols c LEFT JOIN all_col_comments m ON m.owner = c.owner "
                + "AND m.table_name = c.table_name AND m.column_name = c.column_name "
                + "WHERE c.hidden_column = 'NO' AND c" + USERS;
    }

    @Override
    public Column column(ResultSet row) throws SQLException {
        Described described = new Described(
                row.getString("type_"),
                row.getInt("bytes_"),
                row.getInt("chars_"),
                "C".equals(row.getString("used_")),
                integer(row, "precision_"),
                integer(row, "scale_"));
        return new Column(
                row.getString("name_"),
                OracleTypes.of(described, micros),
                described.ddl(),
                "Y".equals(row.getString("nullable_")),
                null,
                "YES".equals(row.getString("virtual_")),
                "YES".equals(row.getString("identity_")) ? Column.Identity.BY_DEFAULT : null,
                null,
                row.getString("comment_"));
    }

    private static @Nullable Integer integer(ResultSet row, String name) throws SQLException {
        int value = row.getInt(name);
        return row.wasNull() ? null : value;
    }

    @Override
    public String indexes() {
        return "SELECT i.table_owner AS owner_, i.table_name AS table_, i.index_name AS index_, "
                + "x.column_position AS place_, CASE WHEN EXISTS (SELECT 1 FROM all_constraints k "
                + "WHERE k.owner = i.table_owner AND k.table_name = i.table_name AND k.index_name = i.index_name "
                + "AND k.constraint_type = 'P' AND k.status = 'ENABLED') THEN 1 ELSE 0 END AS primary_, "
                + "CASE i.uniqueness WHEN 'UNIQUE' THEN 1 ELSE 0 END AS unique_, LOWER(i.index_type) AS method_, "
                + "CASE WHEN i.index_type = 'NORMAL' THEN x.column_name END AS column_ "
                + "FROM all_indexes i JOIN all_ind_columns x ON x.index_owner = i.owner "
                + "AND x.index_name = i.index_name WHERE i.index_type <> 'LOB' AND i" + USERS;
    }

    @Override
    public String references() {
        return "SELECT f.owner AS owner_, f.table_name AS table_, f.constraint_name AS reference_, "
                + "c.position AS place_, c.column_name AS column_, p.owner AS parent_owner_, p.table_name AS parent_, "
                + "d.column_name AS parent_column_ FROM all_constraints f "
                + "JOIN all_cons_columns c ON c.owner = f.owner AND c.constraint_name = f.constraint_name "
                + "JOIN all_constraints p ON p.owner = f.r_owner AND p.constraint_name = f.r_constraint_name "
                + "JOIN all_cons_columns d ON d.owner = p.owner AND d.constraint_name = p.constraint_name "
                + "AND d.position = c.position WHERE f.constraint_type = 'R' AND f.status = 'ENABLED' AND f" + USERS;
    }

    @Override
    public String schema() {
        return "SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM dual";
    }
}
