package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.Sizes;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses splits: ranges of a key whose bounds are looked up in its index, so many rows apart; where there is no key
 * that orders rows, ranges of the rows' numbers. Comparing and ordering are left to SQLite: whatever a collation takes
 * for equal or smaller, it takes so in both.
 */
final class SqliteSplitter {
    /** Rows whose length is measured. */
    private static final int SAMPLED = 100;

    private final SqliteSession session;
    private final TableDescription table;
    private final @Nullable String where;

    SqliteSplitter(SqliteSession session, TableDescription table, @Nullable String where) {
        this.session = session;
        this.table = table;
        this.where = where;
    }

    /** A way to cut: what lies between two bounds, and the bound so many rows into a part. */
    private interface Cut {
        Split all();

        Split below(Split part, Split bound);

        Split from(Split part, Split bound);

        /** A part whose lower bound is the row so many places into the given one; null where there is none. */
        @Nullable
        Split at(Split part, long place) throws SQLException;
    }

    SourceSplits split(SplitSource question) throws SQLException {
        checkCondition();
        long rowBytes = rowBytes();
        long rowsEach = Math.max(1, question.splitBytes() / rowBytes);
        long few = session.one(
                "SELECT count(*) FROM (SELECT 1 " + from(new Split.Whole(null)) + " LIMIT " + (rowsEach + 1) + ")",
                row -> row.getLong(1));
        if (few <= rowsEach) {
            return whole(few, few * rowBytes, Sizes.text(few * rowBytes));
        }
        Optional<Key> key = key();
        Cut cut = cut(key);
        if (cut == null) {
            return whole(-1, -1, "no key");
        }
        // Every so many rows a bound, to the end: one pass over the index, and no need to know how many rows there are.
        List<PlannedSplit> all = new ArrayList<>();
        Split rest = cut.all();
        for (Split next = cut.at(rest, rowsEach); next != null; next = cut.at(rest, rowsEach)) {
            all.add(new PlannedSplit(cut.below(rest, next), rowsEach, rowsEach * rowBytes));
            rest = next;
        }
        long rows = session.one("SELECT count(*) " + from(rest), row -> row.getLong(1));
        if (all.isEmpty()) {
            return whole(rows, rows * rowBytes, Sizes.text(rows * rowBytes));
        }
        all.add(new PlannedSplit(rest, rows, rows * rowBytes));
        String by = key.map(found -> "by key (" + String.join(", ", found.columns()) + ")")
                .orElse("by the numbers of rows, as there is no key");
        return new SourceSplits(all, all.size() + " splits: " + by);
    }

    /** Two halves, by the middle row. */
    SourceSplits halve(SplitAgain question) throws SQLException {
        Split whole = question.split().split();
        Cut cut = whole instanceof Split.KeyRange range
                ? new ByKey(range.columns())
                : whole instanceof Split.Blocks ? byNumber() : cut(key());
        if (cut == null) {
            return new SourceSplits(List.of(question.split()), "not split again: it has no key to split it by");
        }
        Split part = whole instanceof Split.Whole ? cut.all() : whole;
        long rows = session.one("SELECT count(*) " + from(part), row -> row.getLong(1));
        Split middle = rows < 2 ? null : cut.at(part, rows / 2);
        if (middle == null) {
            return new SourceSplits(
                    List.of(question.split()),
                    rows < 2 ? "not split again: it has less than two rows" : "not split again: no bound within it");
        }
        long bytes =
                question.split().estimatedBytes() < 0 ? -1 : question.split().estimatedBytes() / 2;
        return new SourceSplits(
                List.of(
                        new PlannedSplit(cut.below(part, middle), rows / 2, bytes),
                        new PlannedSplit(cut.from(part, middle), rows - rows / 2, bytes)),
                "halved");
    }

    /** Bytes of an average row, of the first few. */
    private long rowBytes() throws SQLException {
        String length = SqliteSelect.sum(table.columns().stream()
                .map(column -> "ifnull(octet_length(" + Quoting.identifier(column.name()) + "), 0)")
                .toList());
        return session.one(
                "SELECT ifnull(avg(size), 0) + 1 FROM (SELECT " + length + " AS size " + from(new Split.Whole(null))
                        + " LIMIT " + SAMPLED + ")",
                row -> Math.max(1, row.getLong(1)));
    }

    private @Nullable Cut cut(Optional<Key> key) {
        return key.isPresent() ? new ByKey(key.get().columns()) : byNumber();
    }

    private @Nullable Cut byNumber() {
        String rowNumber = SqliteQuery.rowNumber(table);
        return table.kind().equals(SqliteCatalog.TABLE) && rowNumber != null ? new ByNumber(rowNumber) : null;
    }

    private final class ByKey implements Cut {
        private final List<String> columns;

        ByKey(List<String> columns) {
            this.columns = columns;
        }

        @Override
        public Split all() {
            return new Split.KeyRange(columns, null, null, null);
        }

        @Override
        public Split below(Split part, Split bound) {
            return new Split.KeyRange(columns, of(part).from(), of(bound).from(), null);
        }

        @Override
        public Split from(Split part, Split bound) {
            return new Split.KeyRange(columns, of(bound).from(), of(part).to(), null);
        }

        @Override
        public @Nullable Split at(Split part, long place) throws SQLException {
            SqliteQuery.Words words = new SqliteQuery.Words(table);
            String fields =
                    columns.stream().map(name -> field(words.described(name))).collect(Collectors.joining(", "));
            List<@Nullable String> values = session.first(
                            "SELECT " + fields + " " + SqliteSplitter.this.from(part) + " ORDER BY "
                                    + Quoting.identifiers(columns) + " LIMIT 1 OFFSET " + place,
                            row -> {
                                List<@Nullable String> found = new ArrayList<>();
                                for (int i = 1; i <= columns.size(); i++) {
                                    found.add(text(row.getObject(i)));
                                }
                                return found;
                            })
                    .orElse(List.of());
            List<String> bound = values.stream().flatMap(Stream::ofNullable).toList();
            // A value that is none of its type has no bound of its own: what is left is the last split.
            boolean usable = bound.size() == columns.size() && !bound.equals(of(part).from());
            return usable ? new Split.KeyRange(columns, bound, of(part).to(), null) : null;
        }

        /** The value, or NULL where it is not of the class that its type stands for. */
        private String field(Column column) {
            String name = Quoting.identifier(column.name());
            return "CASE WHEN typeof(" + name + ") IN (" + classes(column.type()) + ") THEN " + name + " END";
        }

        private Split.KeyRange of(Split split) {
            if (split instanceof Split.KeyRange range) {
                return range;
            }
            throw new GodwitException(ErrorCode.DEFECT, "a split by a key among others", "");
        }
    }

    private final class ByNumber implements Cut {
        private final String rowNumber;

        ByNumber(String rowNumber) {
            this.rowNumber = rowNumber;
        }

        @Override
        public Split all() {
            return new Split.Blocks(0, null, null);
        }

        @Override
        public Split below(Split part, Split bound) {
            return new Split.Blocks(of(part).first(), of(bound).first(), null);
        }

        @Override
        public Split from(Split part, Split bound) {
            return new Split.Blocks(of(bound).first(), of(part).end(), null);
        }

        @Override
        public @Nullable Split at(Split part, long place) throws SQLException {
            long number = session.first(
                            "SELECT " + rowNumber + " " + SqliteSplitter.this.from(part) + " ORDER BY " + rowNumber
                                    + " LIMIT 1 OFFSET " + place,
                            row -> row.getLong(1))
                    .orElse(0L);
            return number > of(part).first() ? new Split.Blocks(number, of(part).end(), null) : null;
        }

        private Split.Blocks of(Split split) {
            if (split instanceof Split.Blocks blocks) {
                return blocks;
            }
            throw new GodwitException(ErrorCode.DEFECT, "a split by numbers of rows among others", "");
        }
    }

    private static String classes(LogicalType type) {
        if (type == Scalar.BYTEA) {
            return "'blob'";
        }
        boolean number = type == Scalar.INT2
                || type == Scalar.INT4
                || type == Scalar.INT8
                || type == Scalar.BOOL
                || type == Scalar.FLOAT4
                || type == Scalar.FLOAT8;
        return type instanceof LogicalType.Decimal
                ? "'integer', 'real', 'text'"
                : number ? "'integer', 'real'" : "'text'";
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value instanceof Double real ? SqliteFields.shortest(real) : value == null ? null : value.toString();
    }

    private String from(Split split) {
        return SqliteQuery.from(table, where, split);
    }

    private static SourceSplits whole(long rows, long bytes, String why) {
        return new SourceSplits(List.of(new PlannedSplit(new Split.Whole(null), rows, bytes)), "not split: " + why);
    }

    /** Alone, so that one which only has a meaning between our parentheses is refused. */
    private void checkCondition() throws SQLException {
        if (where != null) {
            session.list("SELECT 1 FROM " + Quoting.table(table.name()) + " WHERE " + where + "\nLIMIT 0", row -> true);
        }
    }

    /** One that could be NULL cuts no table: a row without it, even one that comes later, would be in no range. */
    private Optional<Key> key() throws SQLException {
        Optional<Key> primary = Optional.ofNullable(table.primaryKey());
        if (primary.isPresent() && !SqliteCatalog.isNeverNull(session, table)) {
            primary = Optional.empty();
        }
        return Stream.concat(primary.stream(), table.uniqueKeys().stream())
                .filter(key -> SqliteCatalog.isOrdered(table, key))
                .findFirst();
    }
}
