package io.godwit.connector.jdbc.sink;

import io.godwit.connector.jdbc.JdbcSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements that a step runs in the sink, kept to be told; or only told. */
public final class SinkScript {
    private final JdbcSession session;
    private final boolean pretended;
    private final List<String> statements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param pretended nothing is run */
    public SinkScript(JdbcSession session, boolean pretended) {
        this.session = session;
        this.pretended = pretended;
    }

    public void run(String sql) throws SQLException {
        statements.add(sql);
        quietly(sql);
    }

    /** Tells a statement that another script will run, when the rows are there. */
    public void announce(String sql) {
        statements.add("/* once it is loaded */ " + sql);
    }

    /** What nobody need be told. */
    public void quietly(String sql) throws SQLException {
        if (!pretended) {
            session.run(sql);
        }
    }

    /** What a user should know. */
    public void note(String note) {
        notes.add(note);
    }

    public List<String> statements() {
        return List.copyOf(statements);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }
}
