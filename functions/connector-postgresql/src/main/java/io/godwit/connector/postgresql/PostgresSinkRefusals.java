package io.godwit.connector.postgresql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.RowHash;
import io.godwit.core.run.Digest;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Finds the rows that the target refuses, by loading parts of a chunk under savepoints: what the server says of the
 * row's place is tried first, halves after that. Every other row of the chunk is loaded on the way.
 *
 * <p>Without a quarantine the first refused row is an error. With one, the row goes there, up to the plan's limits.
 * What a percentage is of, the rows of the run, is not known to one subtask: its own rows or the estimate for the
 * table, whichever is more, stand for it.
 */
final class PostgresSinkRefusals {
    private static final Pattern COPY_LINE = Pattern.compile("(?m)^COPY .*?, \\S+ (\\d+)");

    /** Refused rows after which a percentage is looked at before the subtask's end: so many are no accident. */
    private static final long EARLY = 10_000;

    private final PostgresSinkSession session;
    private final TablePlan plan;
    private final SubtaskId subtask;
    private final PostgresSinkQuarantine quarantine;
    private long passed;
    private Tally refused = Tally.ZERO;

    PostgresSinkRefusals(PostgresSinkSession session, TablePlan plan, SubtaskId subtask) {
        this.session = session;
        this.plan = plan;
        this.subtask = subtask;
        this.quarantine = new PostgresSinkQuarantine(session, plan);
    }

    /** Loads the rows {@code from} to {@code to}, exclusive. */
    @FunctionalInterface
    interface Loader {
        void load(int from, int to) throws SQLException;
    }

    private record Part(int from, int to) {}

    /** Rows that were loaded as they should be. */
    void passed(int rows) {
        passed += rows;
    }

    /**
     * Goes back to the savepoint {@code chunk}, and loads all rows of the chunk but those that are refused.
     *
     * @param refusal what the server said of the chunk
     * @throws SQLException the refusal, where it is not the rows' fault
     */
    void isolate(PostgresSinkChunk chunk, SQLException refusal, Loader loader) throws SQLException {
        Deque<Part> parts = new ArrayDeque<>();
        split(new Part(0, chunk.rows()), chunk, refusal, parts);
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            session.run("SAVEPOINT chunk");
            try {
                loader.load(part.from(), part.to());
                session.run("RELEASE SAVEPOINT chunk");
                passed(part.to() - part.from());
            } catch (SQLException e) {
                split(part, chunk, e, parts);
            }
        }
    }

    /** What the quarantine took. */
    Tally finish() {
        Quarantine limits = plan.quarantine();
        if (limits != null && limits.percent() != null && tooMany(limits.percent())) {
            throw full("more than " + limits.percent() + " percent");
        }
        return refused;
    }

    private void split(Part part, PostgresSinkChunk chunk, SQLException refusal, Deque<Part> parts)
            throws SQLException {
        if (!isOfRows(refusal)) {
            throw refusal;
        }
        session.run("ROLLBACK TO SAVEPOINT chunk");
        session.run("RELEASE SAVEPOINT chunk");
        if (part.to() - part.from() == 1) {
            refuse(chunk, part.from(), refusal);
            return;
        }
        int suspect = part.from() + line(refusal) - 1;
        if (suspect < part.from() || suspect >= part.to()) {
            int middle = (part.from() + part.to()) >>> 1;
            parts.push(new Part(middle, part.to()));
            parts.push(new Part(part.from(), middle));
            return;
        }
        push(parts, suspect + 1, part.to());
        push(parts, suspect, suspect + 1);
        push(parts, part.from(), suspect);
    }

    private static void push(Deque<Part> parts, int from, int to) {
        if (from < to) {
            parts.push(new Part(from, to));
        }
    }

    private void refuse(PostgresSinkChunk chunk, int row, SQLException refusal) throws SQLException {
        String key = quarantine.key(chunk.fields(row));
        Quarantine limits = plan.quarantine();
        if (limits == null) {
            throw new GodwitException(
                    ErrorCode.ROW_REFUSED,
                    PostgresSinkTarget.name(plan).display() + ": the row with " + key + " was refused: "
                            + PostgresErrors.text(refusal) + " (" + PostgresErrors.state(refusal) + ")",
                    "Mend the row or the target and retry the run, or allow the job a quarantine.");
        }
        int start = chunk.start(row);
        int length = chunk.start(row + 1) - start;
        quarantine.put(subtask, key, refusal, chunk.bytes(), start, length);
        refused = refused.plus(new Tally(1, length, new Digest(RowHash.of(chunk.bytes(), start, length))));
        if (limits.rows() != null && refused.rows() > limits.rows()) {
            throw full("more than " + limits.rows() + " rows");
        }
        if (refused.rows() > EARLY && limits.percent() != null && tooMany(limits.percent())) {
            throw full("more than " + limits.percent() + " percent");
        }
    }

    private boolean tooMany(double percent) {
        long all = Math.max(passed + refused.rows(), plan.definition().estimatedRows());
        return refused.rows() * 100.0 > percent * all;
    }

    private GodwitException full(String limit) {
        return new GodwitException(
                ErrorCode.QUARANTINE_FULL,
                PostgresSinkTarget.name(plan).display() + ": " + refused.rows() + " rows of subtask " + subtask
                        + " were refused, " + limit,
                "Mend the rows or the target and retry the run, or raise the job's quarantine limits.");
    }

    /** Data, constraints, views' checks, limits of what a row may hold, and whatever a trigger raises. */
    private static final Pattern OF_ROWS = Pattern.compile("(?:22|23|44|45|54|P0|[I-OQ-WYZ].).*");

    static boolean isOfRows(SQLException refusal) {
        return OF_ROWS.matcher(PostgresErrors.state(refusal)).matches();
    }

    /** The server's own word on which row of a COPY it was, from 1; 0 where it says nothing. Only a hint. */
    private static int line(SQLException refusal) {
        @Nullable
        String context = refusal instanceof PSQLException server && server.getServerErrorMessage() != null
                ? server.getServerErrorMessage().getWhere()
                : null;
        Matcher matcher = COPY_LINE.matcher(context == null ? "" : context);
        return matcher.find() && matcher.group(1).length() < 10 ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
