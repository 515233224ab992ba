package io.godwit.connector.mysql;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.KeyText;
import io.godwit.connector.jdbc.LastingSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A MySQL or MariaDB database, to be read. */
final class MySqlSource implements Source {
    private static final int MOST_PREVIEWED = 1000;

    /** A longer value is cut in a preview. Characters. */
    private static final int PREVIEWED_LENGTH = 2000;

    /** Rows between two looks at the clock. */
    private static final int ROWS_PER_LOOK = 256;

    private final Connection connection;
    private final LastingSession<JdbcSession> session;

    MySqlSource(Connection connection, SecretResolver secrets) {
        this.connection = connection;
        MySqlErrors errors = new MySqlErrors(Side.SOURCE, connection);
        this.session = new LastingSession<>(() -> MySqlSessions.open(connection, secrets, Side.SOURCE), errors::during);
    }

    @Override
    public ConnectionReport test() {
        close(); // so that the time includes dialling
        long start = System.nanoTime();
        return session.reading("testing", opened -> MySqlReport.of(opened, start, List.of()));
    }

    @Override
    public List<String> databases() {
        return session.reading("listing databases", opened -> catalog(opened).databases());
    }

    @Override
    public List<TableName> tables() {
        return session.reading("listing tables", opened -> catalog(opened).tables());
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return session.reading("describing tables", opened -> catalog(opened).describe(tables));
    }

    @Override
    public SourceSplits split(SplitSource question) {
        return session.reading(
                "splitting " + question.table().name(),
                opened -> new MySqlSplitter(opened, question.table(), question.where()).split(question));
    }

    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        return session.reading(
                "splitting " + question.table().name() + " again",
                opened -> new MySqlSplitter(opened, question.table(), question.where()).halve(question));
    }

    @Override
    public @Nullable String highWater(HighWaterQuestion question) {
        String name = Quoting.identifier(question.column());
        TableDescription table = described(question.table());
        Column column = table.column(question.column())
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                        question.table() + " has no column " + question.column(),
                        "Check its spelling."));
        String where = question.where() == null ? "" : " AND (" + question.where() + "\n)";
        String sql = "SELECT " + MySqlQuery.text(name, column.type()) + " FROM " + Quoting.table(question.table())
                + " WHERE " + name + " IS NOT NULL" + where + " ORDER BY " + name + " DESC LIMIT 1";
        return session.reading(
                        "looking for the high-water mark of " + question.table(),
                        opened -> opened.first(sql, row -> row.getString(1)))
                .orElse(null);
    }

    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets the inner annotation of Preview's rows, once compiled
    public Preview preview(TableName table, int limit) {
        TableDescription described = described(table);
        String fields = described.columns().stream()
                .map(column -> column.type() == Scalar.BYTEA
                        ? "left(hex(" + Quoting.identifier(column.name()) + "), " + PREVIEWED_LENGTH + ")"
                        : "left(" + MySqlFields.selected(Quoting.identifier(column.name()), column.type()) + ", "
                                + PREVIEWED_LENGTH + ")")
                .collect(Collectors.joining(", "));
        String sql = "SELECT " + fields + " FROM " + Quoting.table(described.name()) + " LIMIT "
                + Math.min(Math.max(limit, 0), MOST_PREVIEWED);
        return new Preview(
                described.columns().stream().map(Column::name).toList(),
                described.columns().stream().map(Column::nativeType).toList(),
                session.reading(
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
                        "connection " + connection.name() + ": no table " + table.display() + " in database "
                                + connection.database(),
                        "Check the name's spelling and case."));
    }

    @Override
    public String holdSnapshot() {
        throw new GodwitException(
                ErrorCode.NOT_SUPPORTED,
                "connection " + connection.name() + ": several sessions of a " + connection.type()
                        + " server cannot read from one snapshot",
                "Take consistency: run out, or stop writing to the source while the run lasts.");
    }

    @Override
    public void read(ReadRequest request, RowConsumer rows) {
        String doing = "reading " + request.table().name();
        MySqlSelect select = new MySqlSelect(
                request.columns().stream()
                        .map(column -> new MySqlSelect.Selected(column.name(), column.type()))
                        .toList(),
                request.maxRowBytes(),
                MySqlOptions.of(connection).zeroDatesAreNull());
        String from = MySqlQuery.from(request.table(), request.where(), request.split());
        Duration most = request.most();
        long deadline = most == null ? Long.MAX_VALUE : System.nanoTime() + most.toNanos();
        int[] read = {0};
        session.reading(doing, opened -> {
            select.read(
                    opened,
                    from,
                    (tuple, length, bytes) -> tooLarge(request, tuple, length, bytes),
                    (bytes, at, length) -> {
                        if (++read[0] % ROWS_PER_LOOK == 0 && most != null && System.nanoTime() > deadline) {
                            throw new GodwitException(
                                    ErrorCode.SUBTASK_TOO_LARGE,
                                    doing + " took longer than " + most,
                                    "It is split again.");
                        }
                        rows.row(bytes, at, length);
                    });
            return true;
        });
    }

    private static GodwitException tooLarge(ReadRequest request, byte[] tuple, int length, long bytes) {
        TableDescription table = request.table();
        Key key = table.primaryKey() != null
                ? table.primaryKey()
                : table.uniqueKeys().stream().findFirst().orElse(null);
        String named = KeyText.of(key, request.columns(), tuple, 0, length)
                .map(text -> "with key " + text + " ")
                .orElse("");
        return new GodwitException(
                ErrorCode.ROW_TOO_LARGE,
                table.name() + ": the row " + named + "has at least " + bytes + " bytes, and the limit is "
                        + request.maxRowBytes(),
                "Raise the limit for rows, or leave its large columns out.");
    }

    @Override
    public void close() {
        session.close();
    }

    private MySqlCatalog catalog(JdbcSession opened) {
        return new MySqlCatalog(opened, connection.database());
    }
}
