package io.godwit.connector.postgresql;

import io.godwit.core.table.Column;
import io.godwit.core.type.LogicalType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Bounds of splits, taken from a random sample of a table's blocks: quantiles of its key, by bytes where values lie
 * beside the rows. They are values that the table holds, so that the database itself says what comes before what.
 */
final class KeySample {
    private static final int BLOCKS_PER_SPLIT = 100;
    private static final int FEWEST_BLOCKS = 300;
    private static final int MOST_BLOCKS = 20_000;
    private static final int MOST_ROWS = 200_000;
    private static final int GUESSED_ROWS_PER_BLOCK = 100;

    /** Bounds travel in events. */
    private static final int MAX_BOUND_BYTES = 8 << 10;

    private static final int ROW_OVERHEAD = 28;

    private KeySample() {}

    /**
     * A bound, which is a row's key.
     *
     * @param place the bound would be the one at {@code place / splits} of all rows, 0 &lt;= place &lt; splits
     */
    record Bound(int place, List<String> key) {}

    /**
     * What to sample.
     *
     * @param from {@code ONLY schema.table}
     * @param share of the table's rows that the condition leaves, from 0 to 1
     */
    record Request(
            String from,
            List<Column> columns,
            SplitKey key,
            @Nullable String where,
            double share,
            long blocks,
            double rowsPerBlock,
            boolean byBytes,
            int splits) {}

    /**
     * At most {@code splits - 1} bounds, ascending and different by the database's own comparison; and before them, at
     * place 0, the lowest key of the sample.
     */
    static List<Bound> bounds(PgConnection session, Request request) throws SQLException {
        List<Bound> bounds = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql(request))) {
            while (row.next()) {
                List<String> key = new ArrayList<>();
                for (int column = 1; column <= request.key().columns().size(); column++) {
                    key.add(row.getString(column + 1));
                }
                int place = row.getInt(1);
                if (key.stream().mapToInt(String::length).sum() * 3L <= MAX_BOUND_BYTES) {
                    bounds.add(new Bound(place, key));
                }
            }
        }
        return bounds;
    }

    /**
     * How many of the key's first columns tell the bounds apart, from one another and from the first row. Ranges of
     * these alone hold every row once too, and a server compares one column for less than it compares rows. A bound
     * moves by no more than the rows that are alike in these columns.
     */
    static int telling(List<Bound> sampled, int columns) {
        for (int first = 1; first < columns; first++) {
            int prefix = first;
            if (sampled.get(0).place() == 0
                    && sampled.stream()
                                    .map(bound -> bound.key().subList(0, prefix))
                                    .distinct()
                                    .count()
                            == sampled.size()) {
                return first;
            }
        }
        return columns;
    }

    /** Equal keys are peers of one another: they fall into one bucket, whose first key is the bound. */
    private static String sql(Request request) {
        List<String> keys =
                request.key().columns().stream().map(Quoting::identifier).toList();
        String aliases = numbered(keys.size(), "k%d");
        return "WITH sampled AS MATERIALIZED (SELECT "
                + IntStream.range(0, keys.size())
                        .mapToObj(i -> keys.get(i) + " AS k" + i)
                        .collect(Collectors.joining(", "))
                + ", (" + weight(request) + ")::float8 AS weight FROM " + request.from()
                + sample(request)
                + "), placed AS (SELECT " + aliases
                + ", floor(" + request.splits() + " * (sum(weight) OVER (ORDER BY " + aliases
                + ") - sum(weight) OVER (PARTITION BY " + aliases
                + ")) / sum(weight) OVER ())::int4 AS place FROM sampled)"
                + " SELECT DISTINCT ON (place) place, " + numbered(keys.size(), "k%d::text")
                + " FROM placed ORDER BY place, " + numbered(keys.size(), "placed.k%d");
    }

    private static String sample(Request request) {
        double wanted = Math.max(FEWEST_BLOCKS, (double) BLOCKS_PER_SPLIT * request.splits());
        double blocks = Math.min(MOST_BLOCKS, wanted / Math.max(request.share(), 0.001));
        double percent = Math.min(100, 100 * blocks / Math.max(1, request.blocks()));
        double perBlock = request.rowsPerBlock() < 0 ? GUESSED_ROWS_PER_BLOCK : request.rowsPerBlock();
        double rows = Math.min(blocks, (double) request.blocks()) * perBlock * request.share();
        List<String> conditions = new ArrayList<>();
        if (request.where() != null) {
            conditions.add(Condition.of(request.where()));
        }
        if (rows > MOST_ROWS) {
            conditions.add(decimal("random() < %.6f", MOST_ROWS / rows));
        }
        return (percent < 100 ? decimal(" TABLESAMPLE SYSTEM (%.6f) REPEATABLE (1)", percent) : "")
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    /** Sizes as stored: asking for them does not fetch the values. */
    private static String weight(Request request) {
        if (!request.byBytes()) {
            return "1";
        }
        return ROW_OVERHEAD
                + request.columns().stream()
                        .filter(column -> !(column.type() instanceof LogicalType.Scalar scalar
                                && ReadQuery.FIXED_SIZE.contains(scalar)))
                        .map(column -> " + coalesce(pg_column_size(" + Quoting.identifier(column.name()) + "), 0)")
                        .collect(Collectors.joining());
    }

    private static String numbered(int count, String form) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, form, i))
                .collect(Collectors.joining(", "));
    }

    private static String decimal(String form, double number) {
        return String.format(Locale.ROOT, form, number);
    }
}
