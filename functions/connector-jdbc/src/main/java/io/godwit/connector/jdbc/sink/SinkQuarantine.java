package io.godwit.connector.jdbc.sink;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Refusals;
import io.godwit.connector.jdbc.Texts;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.type.codec.Codecs;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a database says of rows that it refuses, and where they are kept. */
public abstract class SinkQuarantine implements Refusals.Target {
    /** Characters of a key's part that a message shows. */
    private static final int MAX_KEY = 200;

    protected final JdbcSession session;
    private final QuarantineTable table;
    private final SinkTarget target;

    protected SinkQuarantine(JdbcSession session, QuarantineTable table, SinkTarget target) {
        this.session = session;
        this.table = table;
        this.target = target;
    }

    @Override
    public final void run(String sql) throws SQLException {
        session.run(sql);
    }

    /** What is kept as the code of a refusal. */
    protected abstract String code(SQLException refusal);

    /** Likewise, of one by the reader. */
    protected String code(ReaderRefusal refusal) {
        return refusal.code();
    }

    @Override
    public final String key(TupleFields row) {
        List<String> key = target.key();
        if (key.isEmpty()) {
            return "no key";
        }
        List<String> targets = target.columns().stream().map(ColumnPlan::target).toList();
        List<String> values = new ArrayList<>();
        for (String column : key) {
            int field = targets.indexOf(column);
            values.add(field < 0 || row.isNull(field) ? "NULL" : text(row, field));
        }
        return "(" + String.join(", ", key) + ")=(" + String.join(", ", values) + ")";
    }

    private String text(TupleFields row, int field) {
        var codec = Codecs.of(target.columns().get(field).wireType());
        String text = codec.format(codec.decode(row.bytes(), row.offset(field), row.length(field)));
        return text.length() > MAX_KEY ? text.substring(0, MAX_KEY) : text;
    }

    @Override
    public final void quarantine(
            SubtaskId subtask, String key, SQLException refusal, byte[] bytes, int offset, int length)
            throws SQLException {
        put(
                subtask,
                key,
                code(refusal),
                text(refusal),
                target.columns(),
                Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** A row that the reader refused has no columns of the plan's. */
    @Override
    public final void quarantine(SubtaskId subtask, ReaderRefusal refusal) throws SQLException {
        put(subtask, refusal.place(), code(refusal), refusal.reason(), List.of(), refusal.encode());
    }

    /** Marks rows as replayed, and says how many of them were open. */
    public static long replayed(JdbcSession session, SubtaskId by, KeptRows rows) throws SQLException {
        long open = 0;
        for (long row : rows.rows()) {
            open += session.change(
                    "UPDATE godwit_quarantine SET replayed_by = ? WHERE id = ? AND subtask = ? AND replayed_by IS NULL",
                    by.value(),
                    row,
                    rows.of().value());
        }
        return open;
    }

    private void put(SubtaskId subtask, String key, String code, String reason, List<ColumnPlan> columns, byte[] row)
            throws SQLException {
        List<Object> values = new ArrayList<>(List.of(
                subtask.value(),
                target.name().display(),
                key,
                code,
                reason,
                Texts.join(columns.stream().map(ColumnPlan::target).toList()),
                Texts.join(columns.stream()
                        .map(column -> column.wireType().notation())
                        .toList()),
                row));
        if (table.keepsSize()) {
            values.add((long) row.length);
        }
        session.change(
                "INSERT INTO godwit_quarantine (subtask, table_name, row_key, code, reason, columns_, types, row_"
                        + (table.keepsSize() ? ", " + table.size() : "") + ") VALUES (?"
                        + ", ?".repeat(values.size() - 1) + ")",
                values.toArray());
    }
}
