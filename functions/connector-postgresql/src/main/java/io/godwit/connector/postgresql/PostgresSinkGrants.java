package io.godwit.connector.postgresql;

import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Who may do what with a table, as statements that let the same people do the same with the table in its place. */
final class PostgresSinkGrants {
    /** Whoever a default privilege has let in. */
    private static final String LET_IN = """
            SELECT DISTINCT GRANTEE FROM pg_class c, aclexplode(c.relacl) a
             WHERE c.oid = to_regclass(?) AND a.grantee <> c.relowner
             ORDER BY 1
            """.replace("GRANTEE", grantee());

    private static final String ON_TABLE = """
            SELECT a.privilege_type, GRANTEE, a.is_grantable FROM pg_class c, aclexplode(c.relacl) a
             WHERE c.oid = to_regclass(?) AND a.grantee <> c.relowner
             ORDER BY 2, 1
            """.replace("GRANTEE", grantee());

    private static final String ON_COLUMNS = """
            SELECT a.privilege_type || ' (' || quote_ident(t.attname) || ')', GRANTEE, a.is_grantable
              FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) a
             WHERE c.oid = to_regclass(?) AND NOT t.attisdropped AND a.grantee <> c.relowner
             ORDER BY 2, 1
            """.replace("GRANTEE", grantee());

    private final PostgresSinkSession session;
    private final String from;
    private final String to;

    PostgresSinkGrants(PostgresSinkSession session, TableName from, TableName to) {
        this.session = session;
        this.from = Quoting.table(from);
        this.to = Quoting.table(to);
    }

    /** To be run when the new table has the old one's name. */
    List<String> read() throws SQLException {
        List<String> statements = new ArrayList<>(
                session.list(LET_IN, row -> "REVOKE ALL ON TABLE " + from + " FROM " + row.getString(1), to));
        for (String query : List.of(ON_TABLE, ON_COLUMNS)) {
            statements.addAll(session.list(
                    query,
                    row -> "GRANT " + row.getString(1) + " ON TABLE " + from + " TO " + row.getString(2)
                            + (row.getBoolean(3) ? " WITH GRANT OPTION" : ""),
                    from));
        }
        return statements;
    }

    private static String grantee() {
        return "CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END";
    }
}
