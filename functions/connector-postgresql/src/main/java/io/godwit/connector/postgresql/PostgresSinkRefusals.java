package io.godwit.connector.postgresql;

import io.godwit.connector.jdbc.Refusals;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.SubtaskId;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What PostgreSQL says of rows that it refuses. */
final class PostgresSinkRefusals implements Refusals.Target {
    private static final Pattern COPY_LINE = Pattern.compile("(?m)^COPY .*?, \\S+ (\\d+)");

    /** Data, constraints, views' checks, limits of what a row may hold, and whatever a trigger raises. */
    private static final Pattern OF_ROWS = Pattern.compile("(?:22|23|44|45|54|P0|[I-OQ-WYZ].).*");

    private final PostgresSinkSession session;
    private final PostgresSinkQuarantine quarantine;

    PostgresSinkRefusals(PostgresSinkSession session, TablePlan plan) {
        this.session = session;
        this.quarantine = new PostgresSinkQuarantine(session, plan);
    }

    static boolean areOfRows(SQLException refusal) {
        return OF_ROWS.matcher(PostgresErrors.state(refusal)).matches();
    }

    @Override
    public void run(String sql) throws SQLException {
        session.run(sql);
    }

    @Override
    public boolean isOfRows(SQLException refusal) {
        return areOfRows(refusal);
    }

    @Override
    public int line(SQLException refusal) {
        @Nullable
        String context = refusal instanceof PSQLException server && server.getServerErrorMessage() != null
                ? server.getServerErrorMessage().getWhere()
                : null;
        Matcher matcher = COPY_LINE.matcher(context == null ? "" : context);
        return matcher.find() && matcher.group(1).length() < 10 ? Integer.parseInt(matcher.group(1)) : 0;
    }

    @Override
    public String text(SQLException refusal) {
        return PostgresErrors.text(refusal) + " (" + PostgresErrors.state(refusal) + ")";
    }

    @Override
    public String key(TupleFields row) throws SQLException {
        return quarantine.key(row);
    }

    @Override
    public void quarantine(SubtaskId subtask, String key, SQLException refusal, byte[] bytes, int offset, int length)
            throws SQLException {
        quarantine.put(subtask, key, refusal, bytes, offset, length);
    }

    @Override
    public void quarantine(SubtaskId subtask, ReaderRefusal refusal) throws SQLException {
        quarantine.put(subtask, refusal);
    }
}
