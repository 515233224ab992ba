package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What a server says of itself. */
final class MySqlReport {
    private MySqlReport() {}

    /** @param start when dialling began, in {@link System#nanoTime} */
    static ConnectionReport of(JdbcSession session, long start, List<String> notes) throws SQLException {
        String product = session.one("SELECT @@version_comment, @@version", row -> {
            String name = row.getString(2).contains("MariaDB") ? "MariaDB" : "MySQL";
            return name + " " + row.getString(2).replaceAll("[^0-9.].*", "");
        });
        return new ConnectionReport(
                product, Duration.ofNanos(System.nanoTime() - start).toMillis(), notes);
    }
}
