package io.godwit.local.demo;

import io.airlift.tpch.TpchEntity;
import io.airlift.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The TPC-H data set, as {@code io.airlift.tpch} generates it: eight tables, the same rows every time. */
public final class Tpch {
    /** Lines sent in one message. */
    private static final int FLUSH_BYTES = 64 << 10;

    /** Parents before children, for the foreign keys. */
    private static final List<TpchTable<?>> TABLES = List.of(
            TpchTable.REGION,
            TpchTable.NATION,
            TpchTable.PART,
            TpchTable.SUPPLIER,
            TpchTable.PART_SUPPLIER,
            TpchTable.CUSTOMER,
            TpchTable.ORDERS,
            TpchTable.LINE_ITEM);

    private Tpch() {}

    /**
     * Makes the tables and fills them, unless they are there at this scale already.
     *
     * @param scale 1 is six million line items; 0.12 about a million rows in all
     * @param progress told each table's name and rows when it is filled
     * @return the number of rows in all
     */
    public static long load(Connection database, double scale, BiConsumer<String, Long> progress) throws SQLException {
        String mark = String.format(Locale.ROOT, "TPC-H at scale %s", scale);
        try (Statement statement = database.createStatement()) {
            if (mark.equals(comment(statement))) {
                return count(statement, progress);
            }
            statement.execute("drop schema public cascade; create schema public");
            statement.execute(schema());
            long rows = 0;
            for (TpchTable<?> table : TABLES) {
                long filled = fill(database, table.getTableName(), table.createGenerator(scale, 1, 1));
                progress.accept(table.getTableName(), filled);
                rows += filled;
            }
            statement.execute("analyze");
            statement.execute("comment on schema public is '" + mark + "'");
            return rows;
        }
    }

    private static long fill(Connection database, String table, Iterable<? extends TpchEntity> rows)
            throws SQLException {
        CopyIn copy = database.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " from stdin (delimiter '|')");
        StringBuilder lines = new StringBuilder(FLUSH_BYTES + 1024);
        for (TpchEntity row : rows) {
            String line = row.toLine();
            lines.append(line, 0, line.endsWith("|") ? line.length() - 1 : line.length())
                    .append('\n');
            if (lines.length() >= FLUSH_BYTES) {
                send(copy, lines);
            }
        }
        send(copy, lines);
        return copy.endCopy();
    }

    private static void send(CopyIn copy, StringBuilder lines) throws SQLException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
    }

    private static String comment(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("select coalesce((select obj_description(to_regnamespace('public'))), '')")) {
            row.next();
            return row.getString(1);
        }
    }

    private static long count(Statement statement, BiConsumer<String, Long> progress) throws SQLException {
        long rows = 0;
        for (TpchTable<?> table : TABLES) {
            try (ResultSet row = statement.executeQuery("select count(*) from " + table.getTableName())) {
                row.next();
                progress.accept(table.getTableName(), row.getLong(1));
                rows += row.getLong(1);
            }
        }
        return rows;
    }

    private static String schema() {
        try (InputStream file = Tpch.class.getResourceAsStream("/demo/tpch.sql")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
