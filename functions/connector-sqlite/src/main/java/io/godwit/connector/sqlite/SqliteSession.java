package io.godwit.connector.sqlite;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.jdbc.JdbcSession;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A session with a file. Transactions are begun by name, as it matters which lock they begin with; the driver's own are
 * off. A statement runs in this process, where nobody ends it from outside: it ends itself when its time is up.
 */
final class SqliteSession extends JdbcSession {
    /** Steps of SQLite's machine, some milliseconds of them, between two looks at the clock. */
    private static final int STEPS_PER_LOOK = 100_000;

    /** How long a writer may do nothing while others wait for the file. */
    private static final Duration STILL = Duration.ofSeconds(10);

    /** Between two looks at whoever has the write lock. */
    private static final int MILLIS_PER_LOOK = 1000;

    /** By file, who of this process has its write lock. */
    private static final Map<Object, SqliteSession> WRITERS = new ConcurrentHashMap<>();

    private final SqliteFile file;
    private final @Nullable Object fileKey;
    private final Charset encoding;
    private boolean working;
    private long worked;
    private boolean abandoned;
    private boolean inTransaction;
    private boolean isTimed;
    private boolean overdue;
    private long deadline;

    /**
     * @param fileKey of the file that was opened; null for the empty database that stands in for one not made yet
     * @param encoding of the bytes of texts
     */
    SqliteSession(Connection jdbc, SqliteFile file, @Nullable Object fileKey, Charset encoding) throws SQLException {
        super(jdbc);
        this.file = file;
        this.fileKey = fileKey;
        this.encoding = encoding;
        ProgressHandler.setHandler(jdbc, STEPS_PER_LOOK, new ProgressHandler() {
            @Override
            protected int progress() {
                overdue |= isTimed && System.nanoTime() - deadline > 0;
                return overdue ? 1 : 0;
            }
        });
    }

    /** What is still running so long from now is broken off, until the transaction's end. */
    void within(Duration most) {
        until(System.nanoTime() + most.toNanos());
    }

    /** @param nanoTime as {@link System#nanoTime} tells it */
    void until(long nanoTime) {
        deadline = nanoTime;
        isTimed = true;
        overdue = false;
    }

    /** Whether a statement was broken off, which says that it was interrupted. */
    boolean isOverdue() {
        return overdue;
    }

    /** Gives each row the time, however long its consumer holds the one before. */
    RowConsumer eachWithin(Duration most, RowConsumer rows) {
        return new RowConsumer() {
            @Override
            public void row(byte[] bytes, int offset, int length) {
                rows.row(bytes, offset, length);
                within(most);
            }

            @Override
            public void malformed(MalformedRow row) {
                rows.malformed(row);
                within(most);
            }
        };
    }

    private void untimed() {
        isTimed = false;
        overdue = false;
    }

    Charset encoding() {
        return encoding;
    }

    /** Whether the file was not there when the session began. */
    boolean isStandIn() {
        return fileKey == null;
    }

    /** Whether another file, or none, lies where the session's file lay: what it writes would be lost. */
    boolean isMoved() {
        return fileKey != null && !fileKey.equals(file.key());
    }

    /** A view of one moment, for reading. */
    void beginReading() throws SQLException {
        requireOwn();
        begin("BEGIN");
    }

    /**
     * With the file's write lock, for which whoever has it is waited for: unless it is one of this process that does
     * nothing, whose transaction is ended. The lock is the process's, so nobody else could.
     */
    void beginWriting() throws SQLException {
        resume();
        int most = file.options().busyTimeout();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(most);
        SQLiteConnection own = jdbc().unwrap(SQLiteConnection.class);
        own.setBusyTimeout(Math.min(most, MILLIS_PER_LOOK));
        try {
            while (!beginsWriting(end)) {
                SqliteSession holder = fileKey == null ? null : WRITERS.get(fileKey);
                if (fileKey != null && holder != null) {
                    holder.abandonIfStill(fileKey);
                }
            }
        } finally {
            own.setBusyTimeout(most);
        }
        if (fileKey != null) {
            WRITERS.put(fileKey, this);
        }
    }

    /** False: somebody else has the lock. */
    private boolean beginsWriting(long end) throws SQLException {
        try {
            begin("BEGIN IMMEDIATE");
            return true;
        } catch (SQLException e) {
            if (System.nanoTime() - end > 0 || !SqliteErrors.isBusy(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Something is being done in the transaction from now on, as it is from its beginning. */
    synchronized void resume() throws SQLException {
        requireOwn();
        working = true;
    }

    private synchronized void requireOwn() throws SQLException {
        if (abandoned) {
            throw new SQLiteException("another writer has ended the session", SQLiteErrorCode.SQLITE_BUSY);
        }
    }

    /** Nothing is, until it resumes. */
    synchronized void pause() {
        worked = System.nanoTime();
        working = false;
    }

    /** Whether it may be ended, which it learns if it resumes. */
    private synchronized boolean isGivenUp(Object key) {
        boolean still = WRITERS.get(key) == this && !working && System.nanoTime() - worked > STILL.toNanos();
        abandoned |= still;
        return still;
    }

    /** By another thread, for one that stands still. */
    private void abandonIfStill(Object key) {
        if (!isGivenUp(key)) {
            return;
        }
        WRITERS.remove(key, this);
        try {
            // Closing alone leaves the lock to statements that are not closed yet.
            run("ROLLBACK");
        } catch (SQLException e) {
            // It has come to its end after all.
        }
        close();
    }

    /** Whether another writer has ended the session. */
    synchronized boolean isAbandoned() {
        return abandoned;
    }

    private synchronized void ended() {
        inTransaction = false;
        if (fileKey != null) {
            WRITERS.remove(fileKey, this);
        }
    }

    @Override
    public void close() {
        if (fileKey != null) {
            WRITERS.remove(fileKey, this);
        }
        super.close();
    }

    private void begin(String sql) throws SQLException {
        rollbackQuietly();
        run(sql);
        inTransaction = true;
    }

    @Override
    public void commit() throws SQLException {
        if (!inTransaction) {
            return;
        }
        if (isMoved()) {
            throw new SQLiteException(
                    "the file was moved, or another took its place", SQLiteErrorCode.SQLITE_READONLY_DBMOVED);
        }
        untimed();
        run("COMMIT");
        ended();
    }

    /** A session that cannot even do that is closed, which undoes it too. */
    @Override
    public void rollbackQuietly() {
        untimed();
        if (!inTransaction) {
            return;
        }
        ended();
        try {
            run("ROLLBACK");
        } catch (SQLException e) {
            close();
        }
    }
}
