package io.godwit.connector.postgresql;

import io.godwit.core.question.SourceQuestions.ConnectionReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.jdbc.PgConnection;

/** What a user should know of a source before reading it. */
final class SourceReport {
    private SourceReport() {}

    /** @param start {@link System#nanoTime} at which dialling began */
    static ConnectionReport of(PgConnection session, long start) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(CatalogQueries.REPORT)) {
            row.next();
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            List<String> notes = new ArrayList<>();
            if (row.getLong("unreadable") > 0) {
                notes.add("no right to read " + row.getLong("unreadable") + " of " + row.getLong("tables") + " tables");
            }
            if (row.getLong("hidden") > 0) {
                notes.add("row-level security hides rows of " + row.getLong("hidden")
                        + " tables from this user: reading them will be refused");
            }
            if (row.getBoolean("standby")) {
                notes.add("a standby: it may break off long reads to keep up with its primary");
            }
            if (!row.getBoolean("encrypted") && !row.getBoolean("local")) {
                notes.add("the connection is not encrypted: set sslmode");
            }
            return new ConnectionReport("PostgreSQL " + row.getString("version"), millis, notes);
        }
    }
}
