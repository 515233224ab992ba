package io.godwit.connector.jdbc.sink;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.JdbcSession.Row;
import io.godwit.core.question.QuarantinePages;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.run.SubtaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** Reads the quarantine, page by page. */
public final class SinkQuarantined {
    private static final String OF_PAGE = " FROM godwit_quarantine WHERE subtask >= ? AND subtask < ? "
            + "AND (subtask > ? OR subtask = ? AND id > ?) AND replayed_by IS NULL ORDER BY subtask, id ";

    private final JdbcSession session;
    private final QuarantineTable table;

    public SinkQuarantined(JdbcSession session, QuarantineTable table) {
        this.session = session;
        this.table = table;
    }

    public QuarantinePage read(QuarantineQuestion question) throws SQLException {
        // Looked up before they are fetched: a thousand of the longest rows would be too much.
        List<Long> lengths = list(question, table.size(), QuarantinePages.limit(question), row -> row.getLong(1));
        return lengths.isEmpty()
                ? new QuarantinePage(List.of())
                : new QuarantinePage(list(
                        question,
                        "subtask, id, row_key, code, reason, " + table.moment() + ", row_",
                        QuarantinePages.fitting(lengths),
                        this::row));
    }

    private <T> List<T> list(QuarantineQuestion question, String what, int limit, Row<T> row) throws SQLException {
        return session.list(
                "SELECT " + what + OF_PAGE + table.first(limit),
                row,
                QuarantinePages.first(question.step()),
                QuarantinePages.end(question.step()),
                QuarantinePages.subtask(question),
                QuarantinePages.subtask(question),
                QuarantinePages.id(question));
    }

    private RefusedRow row(ResultSet row) throws SQLException {
        byte[] kept = row.getBytes(7);
        return new RefusedRow(
                new QuarantinePlace(new SubtaskId(row.getString(1)), row.getLong(2)),
                Objects.requireNonNullElse(row.getString(3), "no key"),
                // Not every table's code holds what a reader says.
                ReaderRefusal.of(kept).map(ReaderRefusal::code).orElse(row.getString(4)),
                row.getString(5),
                table.moment(row, 6),
                kept);
    }
}
