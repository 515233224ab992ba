package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.QuarantineTable;
import io.godwit.connector.jdbc.sink.SinkQuarantine;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.row.ReaderRefusal;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server says of rows that it refuses. */
final class MySqlSinkQuarantine extends SinkQuarantine {
    private static final Pattern ROW = Pattern.compile("at row (\\d{1,9})$");

    MySqlSinkQuarantine(JdbcSession session, QuarantineTable table, SinkTarget target) {
        super(session, table, target);
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
    protected String code(SQLException refusal) {
        return String.valueOf(refusal.getErrorCode());
    }

    /** The column is one of numbers; the row itself says its code. */
    @Override
    protected String code(ReaderRefusal refusal) {
        return "0";
    }
}
