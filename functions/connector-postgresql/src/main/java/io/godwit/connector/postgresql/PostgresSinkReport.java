package io.godwit.connector.postgresql;

import io.godwit.core.question.SourceQuestions.ConnectionReport;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a user should know of a database before loading it. */
final class PostgresSinkReport {
    private final PostgresSinkSession session;

    PostgresSinkReport(PostgresSinkSession session) {
        this.session = session;
    }

    /** @param start by System.nanoTime, before dialling */
    ConnectionReport read(long start) throws SQLException {
        String version = session.one("SELECT current_setting('server_version')", row -> row.getString(1));
        long millis = (System.nanoTime() - start) / 1_000_000;
        List<String> notes = new ArrayList<>();
        note(notes, "SELECT pg_is_in_recovery()", "it is a standby: nothing can be written");
        note(
                notes,
                "SELECT to_regclass('godwit.version') IS NULL "
                        + "AND NOT has_database_privilege(current_database(), 'CREATE')",
                "the user may not create schemas: create schema godwit for it, or grant CREATE on the database");
        note(
                notes,
                "SELECT current_setting('fsync') = 'off'",
                "fsync is off: a crash of the server's machine may lose what was written");
        return new ConnectionReport("PostgreSQL " + version, millis, notes);
    }

    private void note(List<String> notes, String question, String note) throws SQLException {
        if (session.one(question, row -> row.getBoolean(1))) {
            notes.add(note);
        }
    }
}
