package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Sizes;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses splits: ranges of a key whose bounds are looked up in its index, so many rows apart. Comparing and ordering
 * are left to the server: whatever a collation takes for equal or smaller, it takes so in both.
 */
final class DialectSplitter {
    /** Rows whose length is measured. */
    private static final int SAMPLED = 100;

    private final JdbcSession session;
    private final Dialect dialect;
    private final TableDescription table;
    private final @Nullable String where;
    private final DialectQuery query;

    DialectSplitter(
            JdbcSession session,
            Dialect dialect,
            TableDescription table,
            @Nullable String where,
            @Nullable String snapshot) {
        this.session = session;
        this.dialect = dialect;
        this.table = table;
        this.where = where;
        this.query = new DialectQuery(dialect, table, where, snapshot);
    }

    SourceSplits split(SplitSource question) throws SQLException {
        if (where != null) {
            session.list(query.check(), row -> true);
        }
        long rowBytes = Math.max(1L, session.<Long>one(query.rowBytes(SAMPLED), row -> row.getLong(1)));
        // The server's statistics may be old or missing: what fits into one split is counted.
        long most = question.splitBytes() / rowBytes + 1;
        long few = session.one(query.countUpTo(most), row -> row.getLong(1));
        if (few < most) {
            return whole(few, few * rowBytes, Sizes.text(few * rowBytes));
        }
        Optional<Key> key = key();
        if (key.isEmpty()) {
            long bytes = Math.max(table.estimatedBytes(), few * rowBytes);
            return whole(-1, bytes, "no key to split by, " + Sizes.text(bytes));
        }
        return ranges(key.get().columns(), Math.max(1, question.splitBytes() / rowBytes), rowBytes);
    }

    /** Every so many rows a bound, to the end: nobody need know how many rows there are. */
    private SourceSplits ranges(List<String> columns, long rowsEach, long rowBytes) throws SQLException {
        List<PlannedSplit> all = new ArrayList<>();
        List<String> low = null;
        for (List<String> high = keyAt(new Split.KeyRange(columns, null, null, null), rowsEach); high != null; ) {
            all.add(new PlannedSplit(new Split.KeyRange(columns, low, high, null), rowsEach, rowsEach * rowBytes));
            low = high;
            high = keyAt(new Split.KeyRange(columns, low, null, null), rowsEach);
        }
        Split.KeyRange last = new Split.KeyRange(columns, low, null, null);
        long rest = session.one(query.count(last), row -> row.getLong(1));
        if (all.isEmpty()) {
            return whole(rest, rest * rowBytes, Sizes.text(rest * rowBytes));
        }
        all.add(new PlannedSplit(last, rest, rest * rowBytes));
        return new SourceSplits(all, all.size() + " splits: by key (" + String.join(", ", columns) + ")");
    }

    /** Two halves by the middle key, counted. */
    SourceSplits halve(SplitAgain question) throws SQLException {
        Split.KeyRange range = question.split().split() instanceof Split.KeyRange given
                ? given
                : key().map(own -> new Split.KeyRange(own.columns(), null, null, null))
                        .orElse(null);
        if (range == null) {
            return new SourceSplits(List.of(question.split()), "not split again: it has no key to split it by");
        }
        long rows = session.one(query.count(range), row -> row.getLong(1));
        List<String> middle = rows < 2 ? null : keyAt(range, rows / 2);
        if (middle == null) {
            return new SourceSplits(List.of(question.split()), "not split again: it has less than two rows");
        }
        long bytes = question.split().estimatedBytes();
        long half = bytes < 0 ? bytes : bytes / 2;
        return new SourceSplits(
                List.of(
                        new PlannedSplit(
                                new Split.KeyRange(range.columns(), range.from(), middle, null), rows / 2, half),
                        new PlannedSplit(
                                new Split.KeyRange(range.columns(), middle, range.to(), null), rows - rows / 2, half)),
                "halved");
    }

    private @Nullable List<String> keyAt(Split.KeyRange range, long place) throws SQLException {
        return session.first(query.keyAt(range, place), row -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= range.columns().size(); i++) {
                        values.add(row.getString(i));
                    }
                    return values;
                })
                .orElse(null);
    }

    private Optional<Key> key() {
        return Stream.concat(Stream.ofNullable(table.primaryKey()), table.uniqueKeys().stream())
                .filter(key -> key.columns().stream()
                        .allMatch(name -> dialect.values().isKey(DialectQuery.field(table, name))))
                .findFirst();
    }

    private static SourceSplits whole(long rows, long bytes, String why) {
        return new SourceSplits(List.of(new PlannedSplit(new Split.Whole(null), rows, bytes)), "not split: " + why);
    }
}
