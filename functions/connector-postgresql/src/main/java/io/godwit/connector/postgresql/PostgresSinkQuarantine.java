package io.godwit.connector.postgresql;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows that were refused: names them, and keeps them in the transaction of their subtask. */
final class PostgresSinkQuarantine {
    private static final String KEYS = "pg_temp.\"godwit_key\"";

    /** Characters of a key's part that a message shows. */
    private static final int MAX_KEY = 200;

    private final PostgresSinkSession session;
    private final TablePlan plan;
    private final List<Integer> keyFields;
    private boolean hasTable;

    PostgresSinkQuarantine(PostgresSinkSession session, TablePlan plan) {
        this.session = session;
        this.plan = plan;
        this.keyFields = keyFields(plan);
    }

    /** Names a row by its key, {@code (id)=(5)}. The server reads the key: every type has its own text. */
    String key(TupleFields row) throws SQLException {
        if (keyFields.isEmpty()) {
            return "no key";
        }
        makeTable();
        String names = keyFields.stream()
                .map(field -> plan.columns().get(field).target())
                .collect(Collectors.joining(", ", "(", ")"));
        session.run("SAVEPOINT key");
        try {
            String values = String.join(", ", values(row));
            session.run("RELEASE SAVEPOINT key");
            return names + "=(" + values + ")";
        } catch (SQLException e) {
            if (PostgresErrors.isTransient(PostgresErrors.state(e))) {
                throw e;
            }
            session.run("ROLLBACK TO SAVEPOINT key");
            session.run("RELEASE SAVEPOINT key");
            return names + " that cannot be read";
        }
    }

    /** Keeps a row. */
    void put(SubtaskId subtask, String key, SQLException refusal, byte[] bytes, int offset, int length)
            throws SQLException {
        put(
                subtask,
                key,
                PostgresErrors.state(refusal),
                PostgresErrors.text(refusal),
                plan.columns(),
                Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Keeps a row that the reader refused: it has no columns of the plan's. */
    void put(SubtaskId subtask, ReaderRefusal refusal) throws SQLException {
        put(subtask, refusal.place(), refusal.code(), refusal.reason(), List.of(), refusal.encode());
    }

    /** Marks rows as replayed, and says how many of them were open. */
    static long replayed(PostgresSinkSession session, SubtaskId by, KeptRows rows) throws SQLException {
        return session.change(
                "UPDATE godwit.quarantine SET replayed_by = ? "
                        + "WHERE subtask = ? AND id = ANY (?::int8[]) AND replayed_by IS NULL",
                by.value(),
                rows.of().value(),
                rows.rows().toString().replace('[', '{').replace(']', '}'));
    }

    private void put(SubtaskId subtask, String key, String code, String reason, List<ColumnPlan> columns, byte[] row)
            throws SQLException {
        TableName table = PostgresSinkTarget.name(plan);
        session.change(
                "INSERT INTO godwit.quarantine (subtask, table_schema, table_name, key, sqlstate, reason, columns, types, "
                        + "row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                subtask.value(),
                table.schema(),
                table.name(),
                key,
                code,
                reason,
                columns.stream().map(ColumnPlan::target).toArray(String[]::new),
                columns.stream().map(column -> column.wireType().notation()).toArray(String[]::new),
                row);
    }

    private void makeTable() throws SQLException {
        if (!hasTable) {
            session.run("CREATE TEMPORARY TABLE \"godwit_key\" ("
                    + keyFields.stream()
                            .map(field -> plan.columns().get(field))
                            .map(column -> Quoting.identifier(column.target()) + " "
                                    + PostgresSinkLayout.nativeType(column.wireType()))
                            .collect(Collectors.joining(", "))
                    + ") ON COMMIT DROP");
            hasTable = true;
        }
    }

    private List<String> values(TupleFields row) throws SQLException {
        TupleBuilder key = new TupleBuilder().begin(keyFields.size());
        for (int field : keyFields) {
            if (row.isNull(field)) {
                key.nullField();
            } else {
                key.field(row.bytes(), row.offset(field), row.length(field));
            }
        }
        PostgresSinkCopy.all(session, "COPY " + KEYS + " FROM STDIN (FORMAT binary)", key.bytes(), 0, key.length());
        String texts = keyFields.stream()
                .map(field -> "left(coalesce("
                        + Quoting.identifier(plan.columns().get(field).target()) + "::text, 'NULL'), " + MAX_KEY + ")")
                .collect(Collectors.joining(", "));
        List<String> values = session.one("SELECT " + texts + " FROM " + KEYS, found -> {
            List<String> all = new ArrayList<>();
            for (int i = 1; i <= keyFields.size(); i++) {
                all.add(found.getString(i));
            }
            return all;
        });
        session.run("TRUNCATE " + KEYS);
        return values;
    }

    /** The plan's key, or the source's where all of its columns come along; else none. */
    private static List<Integer> keyFields(TablePlan plan) {
        List<String> targets = plan.columns().stream().map(ColumnPlan::target).toList();
        if (!plan.key().isEmpty()) {
            return plan.key().stream()
                    .map(targets::indexOf)
                    .filter(field -> field >= 0)
                    .toList();
        }
        @Nullable Key key = plan.definition().primaryKey();
        if (key == null) {
            return List.of();
        }
        List<Integer> fields =
                key.columns().stream().map(column -> field(plan, column)).toList();
        return fields.contains(-1) ? List.of() : fields;
    }

    private static int field(TablePlan plan, String sourceColumn) {
        for (int i = 0; i < plan.columns().size(); i++) {
            if (plan.columns().get(i).origin() instanceof io.godwit.core.plan.Origin.SourceColumn source
                    && source.name().equals(sourceColumn)) {
                return i;
            }
        }
        return -1;
    }
}
