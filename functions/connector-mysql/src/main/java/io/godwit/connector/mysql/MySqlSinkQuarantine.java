package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Refusals;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.type.codec.Codecs;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server says of rows that it refuses, and where they are kept. */
final class MySqlSinkQuarantine implements Refusals.Target {
    /** Characters of a key's part that a message shows. */
    private static final int MAX_KEY = 200;

    private static final Pattern ROW = Pattern.compile("at row (\\d{1,9})$");

    private final JdbcSession session;
    private final TablePlan plan;

    MySqlSinkQuarantine(JdbcSession session, TablePlan plan) {
        this.session = session;
        this.plan = plan;
    }

    @Override
    public void run(String sql) throws SQLException {
        session.run(sql);
    }

    @Override
    public boolean isOfRows(SQLException refusal) {
        return MySqlErrors.isOfRows(refusal);
    }

    @Override
    public int line(SQLException refusal) {
        Matcher matcher = ROW.matcher(String.valueOf(refusal.getMessage()));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    @Override
    public String text(SQLException refusal) {
        return MySqlErrors.text(refusal) + (refusal.getErrorCode() > 0 ? " (" + refusal.getErrorCode() + ")" : "");
    }

    @Override
    public String key(TupleFields row) {
        List<String> key = new MySqlSinkTarget(MySqlSinkTarget.name(plan), List.of(plan)).key();
        if (key.isEmpty()) {
            return "no key";
        }
        List<String> targets = plan.columns().stream().map(ColumnPlan::target).toList();
        List<String> values = new ArrayList<>();
        for (String column : key) {
            int field = targets.indexOf(column);
            values.add(field < 0 || row.isNull(field) ? "NULL" : text(row, field));
        }
        return "(" + String.join(", ", key) + ")=(" + String.join(", ", values) + ")";
    }

    private String text(TupleFields row, int field) {
        var codec = Codecs.of(plan.columns().get(field).wireType());
        String text = codec.format(codec.decode(row.bytes(), row.offset(field), row.length(field)));
        return text.length() > MAX_KEY ? text.substring(0, MAX_KEY) : text;
    }

    @Override
    public void quarantine(SubtaskId subtask, String key, SQLException refusal, byte[] bytes, int offset, int length)
            throws SQLException {
        session.change(
                "INSERT INTO godwit_quarantine (subtask, table_name, row_key, code, reason, columns_, types, row_) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                subtask.value(),
                plan.target().name(),
                key,
                refusal.getErrorCode(),
                text(refusal),
                Texts.join(plan.columns().stream().map(ColumnPlan::target).toList()),
                Texts.join(plan.columns().stream()
                        .map(column -> column.wireType().notation())
                        .toList()),
                Arrays.copyOfRange(bytes, offset, offset + length));
    }
}
