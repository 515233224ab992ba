package io.godwit.platform.store;

import io.godwit.core.plan.KeptRows;
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

/** Refused rows of sinks that keep none themselves, within a transaction. */
final class SinkQuarantineRows {
    private static final String OF_PAGE = " from godwit.sink_quarantine where subtask >= ? and subtask < ? "
            + "and (subtask, id) > (?, ?) and replayed_by is null order by subtask, id limit ?";

    private final StoreTransaction store;

    SinkQuarantineRows(StoreTransaction store) {
        this.store = store;
    }

    void insert(SubtaskId subtask, String key, String code, String reason, byte[] row) {
        store.change(
                "insert into godwit.sink_quarantine (subtask, key, code, reason, row) values (?, ?, ?, ?, ?)",
                subtask.value(),
                key,
                code,
                reason,
                row);
    }

    long replayed(SubtaskId by, KeptRows rows) {
        long marked = 0;
        for (long row : rows.rows()) {
            marked += store.change(
                    "update godwit.sink_quarantine set replayed_by = ? where id = ? and subtask = ? and replayed_by is null",
                    by.value(),
                    row,
                    rows.of().value());
        }
        return marked;
    }

    QuarantinePage page(QuarantineQuestion question) {
        // Looked up before they are fetched: a thousand of the longest rows would be too much.
        List<Long> lengths = store.list(
                "select octet_length(row)" + OF_PAGE,
                row -> row.getLong(1),
                where(question, QuarantinePages.limit(question)));
        return new QuarantinePage(store.list(
                "select subtask, id, key, code, reason, at, row" + OF_PAGE,
                SinkQuarantineRows::row,
                where(question, QuarantinePages.fitting(lengths))));
    }

    private static Object[] where(QuarantineQuestion question, int limit) {
        return new Object[] {
            QuarantinePages.first(question.step()),
            QuarantinePages.end(question.step()),
            QuarantinePages.subtask(question),
            QuarantinePages.id(question),
            limit
        };
    }

    private static RefusedRow row(ResultSet row) throws SQLException {
        return new RefusedRow(
                new QuarantinePlace(new SubtaskId(row.getString(1)), row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getBytes(7));
    }
}
