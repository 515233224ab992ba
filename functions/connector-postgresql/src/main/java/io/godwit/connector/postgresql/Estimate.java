package io.godwit.connector.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.jdbc.PgConnection;

/**
 * What the server's planner thinks of a query, which is not run.
 *
 * @param rows how many it gives
 * @param width bytes per row
 * @param scans whether it would look at every row of a table to find them
 */
record Estimate(long rows, long width, boolean scans) {
    // The topmost node comes first, and its own numbers before those of its children.
    private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": ([0-9]+)");
    private static final Pattern WIDTH = Pattern.compile("\"Plan Width\": ([0-9]+)");

    /** @param from {@code FROM ... WHERE ...} */
    static Estimate of(PgConnection session, String from) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN (FORMAT JSON) SELECT * " + from)) {
            row.next();
            String plan = row.getString(1);
            return new Estimate(number(ROWS, plan), number(WIDTH, plan), plan.contains("Seq Scan"));
        }
    }

    private static long number(Pattern pattern, String plan) {
        Matcher matcher = pattern.matcher(plan);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
