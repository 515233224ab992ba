package io.godwit.connector.postgresql;

import io.godwit.connector.jdbc.Chunk;
import io.godwit.connector.jdbc.Refusals;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.run.Tally;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one subtask on their way into the target: chunk by chunk, each in a COPY of its own under a savepoint,
 * sent as it comes. Only the chunk under way is kept, so that the rows which the target refuses can be told apart from
 * the others.
 */
final class PostgresSinkStream {
    /** Large enough for the pause between two COPYs not to matter, small beside the heap. Bytes. */
    static final int CHUNK_BYTES = 8 * 1024 * 1024;

    /** A trigger kept rows out and said nothing; class P0, as if it had raised an error. */
    static final String KEPT_OUT = "P0GWT";

    private final PostgresSinkSession session;
    private final PostgresSinkRoute route;
    private final Refusals refusals;
    private final Chunk chunk;
    private @Nullable PostgresSinkCopy copy;

    PostgresSinkStream(PostgresSinkSession session, PostgresSinkRoute route, Refusals refusals, int columns) {
        this.session = session;
        this.route = route;
        this.refusals = refusals;
        this.chunk = new Chunk(columns);
    }

    /** Sends whole tuples that lie side by side. */
    void write(byte[] tuples, int offset, int length, int rows) throws SQLException {
        chunk.add(tuples, offset, length, rows);
        try {
            if (copy == null) {
                session.run("SAVEPOINT chunk");
                copy = PostgresSinkCopy.begin(session, route.copySql());
            }
            copy.send(tuples, offset, length);
            if (chunk.length() >= CHUNK_BYTES) {
                endChunk();
            }
        } catch (SQLException e) {
            isolate(e);
        }
    }

    /** Keeps a row that the reader refused: between two COPYs. */
    void refused(ReaderRefusal row) throws SQLException {
        pause();
        refusals.refused(row);
    }

    /** Ends the COPY that is under way, so that the session takes other statements. */
    void pause() throws SQLException {
        try {
            endChunk();
        } catch (SQLException e) {
            isolate(e);
        }
    }

    /** Ends the sending, and says what was refused and put into the quarantine. */
    Tally finish() throws SQLException {
        pause();
        return refusals.finish();
    }

    /** Breaks off. */
    void cancel() {
        PostgresSinkCopy.cancel(copy);
        copy = null;
    }

    private void endChunk() throws SQLException {
        if (copy == null) {
            return;
        }
        requireAll(route.merge(copy.end()), chunk.rows());
        session.run("RELEASE SAVEPOINT chunk");
        copy = null;
        refusals.passed(chunk.rows());
        chunk.clear(2 * CHUNK_BYTES);
    }

    private void isolate(SQLException refusal) throws SQLException {
        PostgresSinkCopy.cancel(copy);
        copy = null;
        refusals.isolate(chunk, refusal, this::load);
        chunk.clear(2 * CHUNK_BYTES);
    }

    /** Loads some rows of the chunk; the caller holds a savepoint. */
    private void load(int from, int to) throws SQLException {
        int start = chunk.start(from);
        long copied = PostgresSinkCopy.all(session, route.copySql(), chunk.bytes(), start, chunk.start(to) - start);
        requireAll(route.merge(copied), to - from);
    }

    private static void requireAll(long taken, int sent) throws SQLException {
        if (taken != sent) {
            throw new SQLException(
                    "the target took " + taken + " rows of " + sent + ": a trigger kept rows out", KEPT_OUT);
        }
    }
}
