package io.godwit.connector.jdbc;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.QuarantineCount;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.RowHash;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.Digest;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that the target refuses, by loading parts of a chunk under savepoints: what the server says of the
 * row's place is tried first, halves after that. Every other row of the chunk is loaded on the way.
 *
 * <p>Without a quarantine the first refused row is an error. With one, the row goes there, up to the plan's limits, and
 * so do those that the reader refused.
 */
public final class Refusals {
    private final Target target;
    private final TablePlan plan;
    private final SubtaskId subtask;
    private final @Nullable QuarantineCount count;

    public Refusals(Target target, TablePlan plan, SubtaskId subtask) {
        this.target = target;
        this.plan = plan;
        this.subtask = subtask;
        this.count = plan.quarantine() == null ? null : new QuarantineCount(plan, subtask);
    }

    /** The database that refuses. */
    public interface Target {

        /** Runs a statement about a savepoint. */
        void run(String sql) throws SQLException;

        /** Makes the savepoint {@code chunk}. */
        default void save() throws SQLException {
            run("SAVEPOINT chunk");
        }

        /** Forgets it. */
        default void release() throws SQLException {
            run("RELEASE SAVEPOINT chunk");
        }

        /** Goes back to it, and forgets it. */
        default void undo() throws SQLException {
            run("ROLLBACK TO SAVEPOINT chunk");
            run("RELEASE SAVEPOINT chunk");
        }

        /** Whether it is a row that is at fault, and not the statement, the session or the server. */
        boolean isOfRows(SQLException refusal);

        /** The server's own word on which row of the load it was, from 1; 0 where it says nothing. Only a hint. */
        default int line(SQLException refusal) {
            return 0;
        }

        /** What it said, without values. */
        String text(SQLException refusal);

        /** Names a row by its key, {@code (id)=(5)}. */
        String key(TupleFields row) throws SQLException;

        /** Keeps a row in the transaction of its subtask. */
        void quarantine(SubtaskId subtask, String key, SQLException refusal, byte[] bytes, int offset, int length)
                throws SQLException;

        /** Keeps a row that the reader refused, likewise. */
        void quarantine(SubtaskId subtask, ReaderRefusal refusal) throws SQLException;
    }

    /** Loads the rows {@code from} to {@code to}, exclusive. */
    @FunctionalInterface
    public interface Loader {
        void load(int from, int to) throws SQLException;
    }

    private record Part(int from, int to) {}

    /** Rows that were loaded as they should be. */
    public void passed(int rows) {
        if (count != null) {
            count.passed(rows);
        }
    }

    /**
     * Goes back to the savepoint {@code chunk}, and loads all rows of the chunk but those that are refused.
     *
     * @param refusal what the server said of the chunk
     * @throws SQLException the refusal, where it is not the rows' fault
     */
    public void isolate(Chunk chunk, SQLException refusal, Loader loader) throws SQLException {
        Deque<Part> parts = new ArrayDeque<>();
        split(new Part(0, chunk.rows()), chunk, refusal, parts);
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            target.save();
            try {
                loader.load(part.from(), part.to());
                target.release();
                passed(part.to() - part.from());
            } catch (SQLException e) {
                split(part, chunk, e, parts);
            }
        }
    }

    /** What the quarantine took. */
    public Tally finish() {
        return count == null ? Tally.ZERO : count.finish();
    }

    /** Keeps a row that the reader refused. */
    public void refused(ReaderRefusal row) throws SQLException {
        if (count == null) {
            throw new GodwitException(ErrorCode.DEFECT, "a reader refused a row of a plan without a quarantine", "");
        }
        target.quarantine(subtask, row);
        count.refused(row.tally(), row.place(), row.reason());
    }

    private void split(Part part, Chunk chunk, SQLException refusal, Deque<Part> parts) throws SQLException {
        if (!target.isOfRows(refusal)) {
            throw refusal;
        }
        target.undo();
        if (part.to() - part.from() == 1) {
            refuse(chunk, part.from(), refusal);
            return;
        }
        int suspect = part.from() + target.line(refusal) - 1;
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

    private void refuse(Chunk chunk, int row, SQLException refusal) throws SQLException {
        String key = target.key(chunk.fields(row));
        if (count == null) {
            throw new GodwitException(
                    ErrorCode.ROW_REFUSED,
                    plan.target().display() + ": the row with " + key + " was refused: " + target.text(refusal),
                    "Mend the row or the target and retry the run, or allow the job a quarantine. If rows were loaded before:"
                            + " a mode such as upsert or swap.");
        }
        int start = chunk.start(row);
        int length = chunk.start(row + 1) - start;
        target.quarantine(subtask, key, refusal, chunk.bytes(), start, length);
        count.refused(
                new Tally(1, length, new Digest(RowHash.of(chunk.bytes(), start, length))), key, target.text(refusal));
    }
}
