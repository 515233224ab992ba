package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.JdbcSession.Row;
import io.godwit.connector.jdbc.QuarantinePages;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.run.SubtaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/** Reads the quarantine, page by page. */
final class MySqlSinkQuarantined {
    private static final String OF_PAGE = " FROM godwit_quarantine WHERE subtask >= ? AND subtask < ? "
            + "AND (subtask > ? OR subtask = ? AND id > ?) ORDER BY subtask, id LIMIT ?";

    private final JdbcSession session;

    MySqlSinkQuarantined(JdbcSession session) {
        this.session = session;
    }

    QuarantinePage read(QuarantineQuestion question) throws SQLException {
        if (!MySqlSinkSchema.isInstalled(session)) {
            return new QuarantinePage(List.of());
        }
        // Looked up before they are fetched: a thousand of the longest rows would be too much.
        List<Long> lengths =
                list(question, "octet_length(row_)", QuarantinePages.limit(question), row -> row.getLong(1));
        return new QuarantinePage(list(
                question,
                "subtask, id, row_key, code, reason, at, row_",
                QuarantinePages.fitting(lengths),
                MySqlSinkQuarantined::row));
    }

    private <T> List<T> list(QuarantineQuestion question, String what, int limit, Row<T> row) throws SQLException {
        return session.list(
                "SELECT " + what + OF_PAGE,
                row,
                QuarantinePages.first(question.step()),
                QuarantinePages.end(question.step()),
                QuarantinePages.subtask(question),
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
                row.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getBytes(7));
    }
}
