package io.godwit.connector.postgresql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of a preparation or a publication: run in their order, or only told; and what a user should know. */
final class PostgresSinkScript {
    private final PostgresSinkSession session;
    private final boolean pretended;
    private final List<String> statements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param pretended nothing is run */
    PostgresSinkScript(PostgresSinkSession session, boolean pretended) {
        this.session = session;
        this.pretended = pretended;
    }

    List<String> statements() {
        return List.copyOf(statements);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    void note(String text) {
        notes.add(text);
    }

    /** Whether it only tells. */
    boolean isPretended() {
        return pretended;
    }

    /** Tells a statement that another script will run, when the rows are there. */
    void announce(String sql) {
        statements.add("/* once it is loaded */ " + sql);
    }

    /** Keeps everybody else off a table until the transaction ends; told to nobody. */
    void lock(String table) throws SQLException {
        if (!pretended) {
            session.run("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
        }
    }

    void run(String sql) throws SQLException {
        statements.add(sql);
        if (!pretended) {
            session.run(sql);
        }
    }

    /** Runs a statement, and says how many rows it changed; 0 where it is only told. */
    long change(String sql) throws SQLException {
        statements.add(sql);
        return pretended ? 0 : session.change(sql);
    }

    /** Runs a statement that the target may be unable to follow: what it names may be missing. A note then says so. */
    void runIfPossible(String sql, String otherwise) throws SQLException {
        if (pretended) {
            statements.add(sql);
            return;
        }
        session.run("SAVEPOINT possible");
        try {
            session.run(sql);
            session.run("RELEASE SAVEPOINT possible");
            statements.add(sql);
        } catch (SQLException e) {
            if (!isOfNames(PostgresErrors.state(e))) {
                throw e;
            }
            session.run("ROLLBACK TO SAVEPOINT possible");
            session.run("RELEASE SAVEPOINT possible");
            notes.add(otherwise + ": " + PostgresErrors.text(e));
        }
    }

    /** Books something in the sink's own tables; told to nobody. */
    @SuppressWarnings("NullAway") // javac 17 forgets what the parameters\' annotation is of, once compiled
    void book(String sql, @Nullable Object... parameters) throws SQLException {
        if (!pretended) {
            session.change(sql, parameters);
        }
    }

    /**
     * Runs a user's own SQL, with the user's own search path. PostgreSQL refuses to end the transaction from inside a
     * block.
     *
     * @param where which of the job's statements it is, for messages
     */
    void runUsers(String sql, String where) throws SQLException {
        statements.add(sql);
        if (pretended) {
            return;
        }
        session.setLocal("godwit.statement", sql);
        session.useOwnSearchPath();
        try {
            session.run("DO $$BEGIN EXECUTE pg_catalog.current_setting('godwit.statement'); END$$");
        } catch (SQLException e) {
            String state = PostgresErrors.state(e);
            if (PostgresErrors.isTransient(state)) {
                throw e;
            }
            throw new GodwitException(
                    ErrorCode.SINK_REFUSED,
                    "the job's " + where + " failed: " + PostgresErrors.text(e) + " (" + state + ")",
                    "Mend the job's SQL. It runs in a transaction that it must not end.");
        }
        session.useCatalogSearchPath();
    }

    /** Missing or unknown things, and what this server cannot do: never data, locks, rights. */
    private static boolean isOfNames(String state) {
        return (state.startsWith("42") && !state.equals("42501")) || state.startsWith("0A") || state.startsWith("3F");
    }
}
