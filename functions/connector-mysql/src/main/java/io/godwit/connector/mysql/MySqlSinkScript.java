package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements that a step runs in the sink, kept to be told; or only told. */
final class MySqlSinkScript {
    private final JdbcSession session;
    private final boolean pretended;
    private final List<String> statements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    MySqlSinkScript(JdbcSession session, boolean pretended) {
        this.session = session;
        this.pretended = pretended;
    }

    void run(String sql) throws SQLException {
        statements.add(sql);
        quietly(sql);
    }

    /** What nobody need be told. */
    void quietly(String sql) throws SQLException {
        if (!pretended) {
            session.run(sql);
        }
    }

    void note(String note) {
        notes.add(note);
    }

    List<String> statements() {
        return List.copyOf(statements);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
