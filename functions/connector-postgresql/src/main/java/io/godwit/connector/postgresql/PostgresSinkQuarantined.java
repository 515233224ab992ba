package io.godwit.connector.postgresql;

import io.godwit.connector.jdbc.JdbcSession.Row;
import io.godwit.core.question.QuarantinePages;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.run.SubtaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

/** Reads the quarantine, page by page. */
final class PostgresSinkQuarantined {
    private static final String OF_PAGE = " FROM godwit.quarantine WHERE subtask >= ? AND subtask < ? "
            + "AND (subtask, id) > (?, ?) AND replayed_by IS NULL ORDER BY subtask, id LIMIT ?";

    private final PostgresSinkSession session;

    PostgresSinkQuarantined(PostgresSinkSession session) {
        this.session = session;
    }

    /** Tables of an older Godwit are brought up to date first. */
    QuarantinePage read(QuarantineQuestion question) throws SQLException {
        if (!PostgresSinkSchema.isInstalled(session)) {
            return new QuarantinePage(List.of());
        }
        PostgresSinkSchema.install(session);
        // Looked up before they are fetched: a thousand of the longest rows would be too much.
        List<Long> lengths =
                list(question, "octet_length(row)", QuarantinePages.limit(question), row -> row.getLong(1));
        return new QuarantinePage(list(
                question,
                "subtask, id, key, sqlstate, reason, at, row",
                QuarantinePages.fitting(lengths),
                PostgresSinkQuarantined::row));
    }

    private <T> List<T> list(QuarantineQuestion question, String what, int limit, Row<T> row) throws SQLException {
        return session.list(
                "SELECT " + what + OF_PAGE,
                row,
                QuarantinePages.first(question.step()),
                QuarantinePages.end(question.step()),
                QuarantinePages.subtask(question),
                QuarantinePages.id(question),
                limit);
    }

    private static RefusedRow row(ResultSet row) throws SQLException {
        return new RefusedRow(
                new QuarantinePlace(new SubtaskId(row.getString(1)), row.getLong(2)),
                Objects.requireNonNullElse(row.getString(3), "no key"),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getBytes(7));
    }
}
