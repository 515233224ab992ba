package io.godwit.connector.jdbc.sink;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The table {@code godwit_quarantine}, as most kinds of databases have it, and how it is read. */
public class QuarantineTable {

    /** The column of the moment at which a row was refused. */
    public String moment() {
        return "at";
    }

    public Instant moment(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    /** The bytes of a row, as SQL. */
    public String size() {
        return "octet_length(row_)";
    }

    /** Whether {@link #size} is a column, which is written with the row. */
    public boolean keepsSize() {
        return false;
    }

    /** What stands behind an ordered query of which only the first rows are wanted, at least one. */
    public String first(int rows) {
        return "LIMIT " + rows;
    }
}
