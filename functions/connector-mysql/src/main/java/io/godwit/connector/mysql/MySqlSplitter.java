package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Sizes;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses splits: ranges of a key whose bounds are looked up in its index, so many rows apart. Comparing and ordering
 * are left to the server: whatever a collation takes for equal or smaller, it takes so in both.
 */
final class MySqlSplitter {
    /** Rows whose length is measured. */
    private static final int SAMPLED = 100;

    private final JdbcSession session;
    private final TableDescription table;
    private final @Nullable String where;

    MySqlSplitter(JdbcSession session, TableDescription table, @Nullable String where) {
        this.session = session;
        this.table = table;
        this.where = where;
    }

    SourceSplits split(SplitSource question) throws SQLException {
        checkCondition();
        long bytes = Math.max(
                session.first(
                                "SELECT data_length FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                                row -> row.getLong(1),
                                table.name().database(),
                                table.name().name())
                        .orElseThrow(() -> new GodwitException(
                                ErrorCode.SOURCE_TABLE_NOT_FOUND,
                                table.name() + ": no such table",
                                "Plan the run again.")),
                0);
        long rowBytes = rowBytes();
        if (bytes <= question.splitBytes()) {
            // The server measures a table now and then; a young one has not been measured.
            long most = question.splitBytes() / rowBytes + 1;
            long few = session.one(
                    "SELECT count(*) FROM (SELECT 1 " + from(new Split.Whole(null)) + " LIMIT " + most + ") AS few",
                    row -> row.getLong(1));
            if (few < most) {
                return whole(few, few * rowBytes, Sizes.text(few * rowBytes));
            }
        }
        Optional<Key> key = key();
        if (key.isEmpty()) {
            return whole(-1, bytes, "no key, " + Sizes.text(bytes));
        }
        // Every so many rows a bound, to the end: one pass over the index, and no need to know how many rows there are.
        long rowsEach = Math.max(1, question.splitBytes() / rowBytes);
        long bytesEach = rowsEach * rowBytes;
        List<PlannedSplit> all = new ArrayList<>();
        List<String> columns = key.get().columns();
        List<String> low = null;
        for (List<String> high = keyAt(columns, low, rowsEach); high != null; high = keyAt(columns, low, rowsEach)) {
            all.add(new PlannedSplit(new Split.KeyRange(columns, low, high, null), rowsEach, bytesEach));
            low = high;
        }
        Split.KeyRange last = new Split.KeyRange(columns, low, null, null);
        long rest = session.one("SELECT count(*) " + from(last), row -> row.getLong(1));
        if (all.isEmpty()) {
            return whole(rest, rest * rowBytes, Sizes.text(rest * rowBytes));
        }
        all.add(new PlannedSplit(last, rest, rest * rowBytes));
        return new SourceSplits(all, all.size() + " splits: by key (" + String.join(", ", columns) + ")");
    }

    /** Bytes of an average row, of the first few. */
    private long rowBytes() throws SQLException {
        String length = table.columns().stream()
                .map(column -> "coalesce(octet_length(" + Quoting.identifier(column.name()) + "), 0)")
                .collect(Collectors.joining(" + "));
        return session.one(
                "SELECT coalesce(ceiling(avg(size)), 0) FROM (SELECT " + length + " AS size "
                        + from(new Split.Whole(null)) + " LIMIT " + SAMPLED + ") AS few",
                row -> Math.max(1, row.getLong(1)));
    }

    /** Two halves by the middle key, counted. */
    SourceSplits halve(SplitAgain question) throws SQLException {
        Split whole = question.split().split();
        Optional<Key> key = key();
        Split.KeyRange range = whole instanceof Split.KeyRange given
                ? given
                : key.map(own -> new Split.KeyRange(own.columns(), null, null, null))
                        .orElse(null);
        if (range == null) {
            return new SourceSplits(List.of(question.split()), "not split again: it has no key to split it by");
        }
        long rows = session.one("SELECT count(*) " + from(range), row -> row.getLong(1));
        List<String> middle = rows < 2 ? null : keyAt(range, rows / 2);
        if (middle == null) {
            return new SourceSplits(List.of(question.split()), "not split again: it has less than two rows");
        }
        long bytes = question.split().estimatedBytes();
        return new SourceSplits(
                List.of(
                        new PlannedSplit(
                                new Split.KeyRange(range.columns(), range.from(), middle, null),
                                rows / 2,
                                bytes < 0 ? bytes : bytes / 2),
                        new PlannedSplit(
                                new Split.KeyRange(range.columns(), middle, range.to(), null),
                                rows - rows / 2,
                                bytes < 0 ? bytes : bytes / 2)),
                "halved");
    }

    private @Nullable List<String> keyAt(List<String> columns, @Nullable List<String> low, long place)
            throws SQLException {
        return keyAt(new Split.KeyRange(columns, low, null, null), place);
    }

    /** The key of the row so many places into the range; null where it has no more than that. */
    private @Nullable List<String> keyAt(Split.KeyRange range, long place) throws SQLException {
        MySqlQuery.Words words = new MySqlQuery.Words(table);
        String texts = range.columns().stream()
                .map(name -> MySqlQuery.text(words.column(name), words.type(name)))
                .collect(Collectors.joining(", "));
        String sql = "SELECT " + texts + " " + from(range) + " ORDER BY " + Quoting.identifiers(range.columns())
                + " LIMIT 1 OFFSET " + place;
        return session.first(sql, row -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= range.columns().size(); i++) {
                        values.add(row.getString(i));
                    }
                    return values;
                })
                .orElse(null);
    }

    private String from(Split split) {
        return MySqlQuery.from(table, where, split);
    }

    /** Alone, so that one which only has a meaning between our parentheses is refused. */
    private void checkCondition() throws SQLException {
        if (where != null) {
            session.list("SELECT 1 FROM " + Quoting.table(table.name()) + " WHERE " + where + "\nLIMIT 0", row -> true);
        }
    }

    /** A key that compares as it sorts: an ENUM compares as text and sorts by its labels' order. */
    private Optional<Key> key() {
        return Stream.concat(Stream.ofNullable(table.primaryKey()), table.uniqueKeys().stream())
                .filter(key -> key.columns().stream()
                        .allMatch(name -> table.column(name)
                                .map(column -> isOrdered(column.type(), column.nativeType()))
                                .orElse(false)))
                .findFirst();
    }

    private static boolean isOrdered(LogicalType type, String nativeType) {
        return !(type instanceof Enumeration) && !(type instanceof Foreign) && !nativeType.startsWith("set(");
    }

    private static SourceSplits whole(long rows, long bytes, String why) {
        return new SourceSplits(List.of(new PlannedSplit(new Split.Whole(null), rows, bytes)), "not split: " + why);
    }
}
