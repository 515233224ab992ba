package io.godwit.connector.sqlite;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.jdbc.KeyText;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.HighWaterQuestion;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType.Scalar;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A SQLite file as a source, opened for reading alone. */
final class SqliteSource implements Source {
    private static final int MOST_PREVIEWED = 1000;
    private static final int PREVIEWED_LENGTH = 1000;
    private static final int ROWS_PER_LOOK = 1000;

    private final SqliteFile file;
    private final SqliteErrors errors;
    private @Nullable SqliteSession session;

    SqliteSource(SqliteFile file) {
        this.file = file;
        this.errors = new SqliteErrors(Side.SOURCE, file);
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
        T run(SqliteSession session) throws SQLException;
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return run("testing", opened -> report(opened, start));
    }

    /** @param start when opening began, in {@link System#nanoTime} */
    static ConnectionReport report(SqliteSession session, long start) throws SQLException {
        String version = session.one("SELECT sqlite_version()", row -> row.getString(1));
        return new ConnectionReport(
                "SQLite " + version,
                Duration.ofNanos(System.nanoTime() - start).toMillis(),
                session.isStandIn() ? List.of("the file is not there yet; preparing a run makes it") : List.of());
    }

    @Override
    public List<String> databases() {
        return List.of(database());
    }

    @Override
    public List<TableName> tables() {
        return run("listing tables", opened -> catalog(opened).tables());
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return run("describing tables", opened -> catalog(opened).describe(tables));
    }

    @Override
    public SourceSplits split(SplitSource question) {
        return run(
                "splitting " + question.table().name(),
                opened -> new SqliteSplitter(opened, question.table(), question.where()).split(question));
    }

    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        return run(
                "splitting " + question.table().name() + " again",
                opened -> new SqliteSplitter(opened, question.table(), question.where()).halve(question));
    }

    @Override
    public @Nullable String highWater(HighWaterQuestion question) {
        TableDescription table = described(question.table());
        Column column = table.column(question.column())
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                        question.table() + " has no column " + question.column(),
                        "Check its spelling."));
        String name = Quoting.identifier(column.name());
        String where = question.where() == null ? "" : " AND (" + question.where() + "\n)";
        String sql = "SELECT " + name + " FROM " + Quoting.table(table.name()) + " WHERE " + name + " IS NOT NULL"
                + where + " ORDER BY " + name + " DESC LIMIT 1";
        return this.<@Nullable String>run(
                "looking for the high-water mark of " + question.table(),
                opened -> opened.first(sql, row -> highest(row.getObject(1))).orElse(null));
    }

    private static String highest(Object value) {
        return value instanceof Double real ? SqliteFields.shortest(real) : value.toString();
    }

    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets the inner annotation of Preview's rows, once compiled
    public Preview preview(TableName table, int limit) {
        TableDescription described = described(table);
        String fields = described.columns().stream()
                .map(column -> {
                    String name = Quoting.identifier(column.name());
                    String value = column.type() == Scalar.BYTEA ? "hex(substr(" + name + ", 1, 500))" : name;
                    return "CASE WHEN " + name + " IS NOT NULL THEN substr(" + value + ", 1, " + PREVIEWED_LENGTH
                            + ") END";
                })
                .collect(Collectors.joining(", "));
        String sql = "SELECT " + fields + " FROM " + Quoting.table(described.name()) + " LIMIT "
                + Math.min(Math.max(limit, 0), MOST_PREVIEWED);
        return new Preview(
                described.columns().stream().map(Column::name).toList(),
                described.columns().stream().map(Column::nativeType).toList(),
                run(
                        "previewing " + table,
                        opened -> opened.list(sql, row -> {
                            List<@Nullable String> values = new ArrayList<>();
                            for (int i = 1; i <= described.columns().size(); i++) {
                                values.add(row.getString(i));
                            }
                            return values;
                        })));
    }

    private TableDescription described(TableName table) {
        return describe(List.of(table)).stream()
                .findFirst()
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.SOURCE_TABLE_NOT_FOUND,
                        "connection " + file.connection().name() + ": no table " + table.name() + " in " + file.path(),
                        "Check the name's spelling and case."));
    }

    @Override
    public String holdSnapshot() {
        throw new GodwitException(
                ErrorCode.NOT_SUPPORTED,
                "connection " + file.connection().name()
                        + ": several sessions with a SQLite file cannot read from one snapshot",
                "Take consistency: run out, or stop writing to the source while the run lasts.");
    }

    @Override
    public void read(ReadRequest request, RowConsumer rows) {
        String doing = "reading " + request.table().name();
        SqliteSelect select = new SqliteSelect(
                request.columns().stream()
                        .map(column -> new SqliteSelect.Selected(
                                column.name(), column.type(), SqliteTypes.isAny(column.nativeType())))
                        .toList(),
                request.maxRowBytes());
        String from = SqliteQuery.from(request.table(), request.where(), request.split());
        Duration most = request.most();
        long deadline = most == null ? Long.MAX_VALUE : System.nanoTime() + most.toNanos();
        run(doing, most, opened -> {
            RowConsumer consumer =
                    most == null ? opened.eachWithin(file.options().timeout(), rows) : rows;
            select.read(opened, from, new Named(request), new RowConsumer() {
                private int read;

                @Override
                public void row(byte[] bytes, int offset, int length) {
                    look();
                    consumer.row(bytes, offset, length);
                }

                @Override
                public void malformed(MalformedRow row) {
                    look();
                    consumer.malformed(row);
                }

                private void look() {
                    if (++read % ROWS_PER_LOOK == 0 && most != null && System.nanoTime() > deadline) {
                        throw tooLarge(doing, most);
                    }
                }
            });
            return true;
        });
    }

    private static GodwitException tooLarge(String doing, Duration most) {
        return new GodwitException(
                ErrorCode.SUBTASK_TOO_LARGE, doing + " took longer than " + most, "It is split again.");
    }

    /** Names rows that cannot be read by table and key. */
    private record Named(ReadRequest request) implements SqliteSelect.Unreadable {

        @Override
        public GodwitException tooLarge(byte[] tuple, int length, long bytes) {
            return new GodwitException(
                    ErrorCode.ROW_TOO_LARGE,
                    request.table().name() + ": " + row(tuple, length) + " has at least " + bytes
                            + " bytes, and the limit is " + request.maxRowBytes(),
                    "Raise the limit for rows, or leave its large columns out.");
        }

        @Override
        public MalformedRow unfit(byte[] tuple, int length, SqliteSelect.Selected column, String reason, byte[] raw) {
            return new MalformedRow(
                    request.table().name() + ": " + row(tuple, length),
                    "column " + column.name() + " is declared as "
                            + column.type().notation() + " and holds " + reason,
                    "Mend the value, leave such rows out by where, or give the source's connection the option types: text,"
                            + " under which every column but those of bytes is read as text.",
                    raw);
        }

        private String row(byte[] tuple, int length) {
            TableDescription table = request.table();
            Key key = table.primaryKey() != null
                    ? table.primaryKey()
                    : table.uniqueKeys().stream().findFirst().orElse(null);
            return KeyText.of(key, request.columns(), tuple, 0, length)
                    .map(text -> "the row with key " + text)
                    .orElse("a row");
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private String database() {
        return file.connection().database();
    }

    private SqliteCatalog catalog(SqliteSession opened) {
        return new SqliteCatalog(opened, database(), file.options().readsTexts(), false);
    }

    private <T extends @Nullable Object> T run(String doing, Work<T> work) {
        return run(doing, null, work);
    }

    /**
     * In a transaction of its own, which ends with it.
     *
     * @param most how long a subtask may take; null: it is none
     */
    private <T extends @Nullable Object> T run(String doing, @Nullable Duration most, Work<T> work) {
        SqliteSession opened = session();
        try {
            opened.beginReading();
            opened.within(most == null ? file.options().timeout() : most);
            return work.run(opened);
        } catch (SQLException e) {
            if (opened.isOverdue()) {
                throw most == null ? errors.overdue(e, doing) : tooLarge(doing, most);
            }
            throw errors.during(e, doing);
        } finally {
            opened.rollbackQuietly();
        }
    }

    /** Opened at the first use, and again where the one before was lost. */
    private SqliteSession session() {
        try {
            if (session != null && (session.isClosed() || session.isMoved())) {
                close();
            }
            if (session == null) {
                session = SqliteSessions.source(file);
            }
            return session;
        } catch (SQLException e) {
            throw errors.during(e, "opening a session");
        }
    }
}
