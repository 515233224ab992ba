package io.godwit.connector.jdbc.dialect;

import io.godwit.core.table.Column;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The catalog, as queries that answer the same columns everywhere. Each names its first two {@code owner_} and
 * {@code table_}, by which the caller chooses tables and orders, and does not order itself.
 */
public interface CatalogSql {

    /** Databases that the user may connect to: one text. */
    String databases();

    /** owner_, table_, kind_ (table or view), comment_, rows_, bytes_ (-1: unknown): a user's own. */
    String tables();

    /** owner_, table_, place_ (from 1), and what {@link #column} reads, from the fourth on. */
    String columns();

    Column column(ResultSet row) throws SQLException;

    /** owner_, table_, index_, place_, primary_ (1 or 0), unique_ (1 or 0), method_, column_ (NULL: an expression). */
    String indexes();

    /** owner_, table_, reference_, place_, column_, parent_owner_, parent_, parent_column_. */
    String references();

    /** The schema of names that carry none: one text. */
    String schema();
}
