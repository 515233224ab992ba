package io.godwit.connector.postgresql;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.postgresql.PostgresSinkColumns.LiveColumn;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** Reads a target's rows back in the layouts in which they were written. */
final class PostgresSinkScan {
    private static final int HEADER = 19;
    private static final int TRAILER = 2;

    private final PostgresSinkSession session;
    private final TablePlan plan;
    private final TableName table;

    PostgresSinkScan(PostgresSinkSession session, TablePlan plan) {
        this.session = session;
        this.plan = plan;
        this.table = PostgresSinkTarget.name(plan);
    }

    void scan(@Nullable Split split, RowConsumer rows) throws SQLException {
        CopyOut copy = session.jdbc().getCopyAPI().copyOut("COPY (" + select(split) + ") TO STDOUT (FORMAT binary)");
        try {
            boolean first = true;
            for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                // The header comes with the first row, the trailer by itself; each row is one message.
                int start = first ? HEADER : 0;
                first = false;
                if (bytes.length - start > TRAILER) {
                    rows.row(bytes, start, bytes.length - start);
                }
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private String select(@Nullable Split split) throws SQLException {
        Map<String, LiveColumn> live = PostgresSinkColumns.of(session, table);
        if (live.isEmpty()) {
            throw new GodwitException(
                    ErrorCode.TARGET_TABLE_NOT_FOUND, table.display() + ": no such table in the target database", "");
        }
        String columns = plan.columns().stream()
                .map(column -> value(column, live.get(column.target())))
                .collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM " + Quoting.table(table)
                + (split instanceof Split.KeyRange range ? where(range, live) : "");
    }

    private String value(ColumnPlan column, @Nullable LiveColumn live) {
        if (live == null) {
            throw missing(column.target());
        }
        String name = Quoting.identifier(column.target());
        return PostgresSinkLayout.reads(live, column.wireType())
                ? name
                : name + "::" + PostgresSinkLayout.nativeType(column.wireType());
    }

    private String where(Split.KeyRange range, Map<String, LiveColumn> live) {
        List<String> columns = new PostgresSinkMapping(plan)
                .targets(range.columns())
                .orElseThrow(() -> missing("for the range over " + String.join(", ", range.columns())));
        String row = "(" + Quoting.identifiers(columns) + ")";
        String bounds = Optional.ofNullable(range.from())
                .map(from -> row + " >= " + bound(columns, from, live))
                .orElse("true");
        return " WHERE " + bounds
                + Optional.ofNullable(range.to())
                        .map(to -> " AND " + row + " < " + bound(columns, to, live))
                        .orElse("");
    }

    private String bound(List<String> columns, List<String> values, Map<String, LiveColumn> live) {
        StringBuilder bound = new StringBuilder("(");
        for (int i = 0; i < columns.size(); i++) {
            LiveColumn column =
                    Optional.ofNullable(live.get(columns.get(i))).orElseThrow(() -> missing("of the range"));
            bound.append(i == 0 ? "" : ", ")
                    .append(Quoting.literal(values.get(i)))
                    .append("::")
                    .append(column.nativeType());
        }
        return bound.append(")").toString();
    }

    private GodwitException missing(String column) {
        return new GodwitException(
                ErrorCode.TARGET_COLUMN_NOT_FOUND,
                table.display() + ": no column " + column,
                "It was there when planned.");
    }
}
