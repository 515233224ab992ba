package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.KeyText;
import io.godwit.connector.jdbc.LastingSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.dialect.Values.Field;
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
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database of some dialect, to be read. */
public final class DialectSource implements Source {
    private static final int MOST_PREVIEWED = 1000;

    /** A longer value is cut in a preview. Characters. */
    private static final int PREVIEWED_LENGTH = 2000;

    /** Of a longer row a preview shows no long values. */
    private static final long PREVIEWED_BYTES = 1 << 20;

    /** Rows between two looks at the clock. */
    private static final int ROWS_PER_LOOK = 256;

    private final Dialect dialect;
    private final Connection connection;
    private final LastingSession<JdbcSession> session;

    public DialectSource(Dialect dialect, Connection connection, SecretResolver secrets) {
        this.dialect = dialect;
        this.connection = connection;
        DialectSessions sessions = new DialectSessions(dialect, connection, secrets, Side.SOURCE);
        this.session = new LastingSession<>(sessions::open, sessions.errors()::during);
    }

    @Override
    public ConnectionReport test() {
        close(); // so that the time includes dialling
        long start = System.nanoTime();
        return session.reading("testing", opened -> report(dialect, opened, start, dialect.notes(opened)));
    }

    /** @param start when dialling began, in {@link System#nanoTime} */
    static ConnectionReport report(Dialect dialect, JdbcSession opened, long start, List<String> notes)
            throws SQLException {
        String product = opened.one(dialect.version(), row -> row.getString(1));
        return new ConnectionReport(
                product, Duration.ofNanos(System.nanoTime() - start).toMillis(), notes);
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
                opened -> new DialectSplitter(opened, dialect, question.table(), question.where(), question.snapshot())
                        .split(question));
    }

    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        return session.reading(
                "splitting " + question.table().name() + " again",
                opened -> new DialectSplitter(opened, dialect, question.table(), question.where(), question.snapshot())
                        .halve(question));
    }

    @Override
    public @Nullable String highWater(HighWaterQuestion question) {
        TableDescription table = described(question.table());
        if (table.column(question.column()).isEmpty()) {
            throw new GodwitException(
                    ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                    question.table() + " has no column " + question.column(),
                    "Check its spelling.");
        }
        String sql = new DialectQuery(dialect, table, question.where(), null).highWater(question.column());
        return session.reading(
                        "looking for the high-water mark of " + question.table(),
                        opened -> opened.first(sql, row -> row.getString(1)))
                .orElse(null);
    }

    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets the inner annotation of Preview's rows, once compiled
    public Preview preview(TableName table, int limit) {
        TableDescription described = described(table);
        List<Codec<Object>> codecs = described.columns().stream()
                .map(column -> Codecs.of(column.type()))
                .toList();
        TupleFields tuple = new TupleFields(codecs.size());
        List<List<@Nullable String>> rows = new ArrayList<>();
        DialectSelect select = new DialectSelect(dialect, fields(described.columns()), PREVIEWED_BYTES);
        int most = Math.min(Math.max(limit, 0), MOST_PREVIEWED);
        session.reading("previewing " + table, opened -> {
            if (most > 0) {
                String from = "FROM " + dialect.words().table(described.name());
                select.first(opened, from, most, (bytes, length, size) -> {}, (bytes, offset, length) -> {
                    tuple.of(bytes, offset, offset + length);
                    rows.add(texts(tuple, codecs));
                });
            }
            return true;
        });
        return new Preview(
                described.columns().stream().map(Column::name).toList(),
                described.columns().stream().map(Column::nativeType).toList(),
                rows);
    }

    private static List<@Nullable String> texts(TupleFields tuple, List<Codec<Object>> codecs) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < codecs.size(); i++) {
            String text = tuple.isNull(i)
                    ? null
                    : codecs.get(i).format(codecs.get(i).decode(tuple.bytes(), tuple.offset(i), tuple.length(i)));
            texts.add(text == null || text.length() <= PREVIEWED_LENGTH ? text : text.substring(0, PREVIEWED_LENGTH));
        }
        return texts;
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
        if (dialect.snapshot().isEmpty()) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "connection " + connection.name() + ": several sessions of a " + connection.type()
                            + " server cannot read from one snapshot",
                    "Take consistency: run out, or stop writing to the source while the run lasts.");
        }
        return session.reading(
                "asking for a snapshot", opened -> opened.one(dialect.snapshot(), row -> row.getString(1)));
    }

    @Override
    public void read(ReadRequest request, RowConsumer rows) {
        String doing = "reading " + request.table().name();
        DialectSelect select = new DialectSelect(dialect, fields(request.columns()), request.maxRowBytes());
        String from =
                new DialectQuery(dialect, request.table(), request.where(), request.snapshot()).from(request.split());
        long most = request.most() == null ? Long.MAX_VALUE : request.most().toNanos();
        long start = System.nanoTime();
        int[] read = {0};
        session.reading(doing, opened -> {
            select.read(
                    opened,
                    from,
                    (tuple, length, bytes) -> {
                        throw tooLarge(request, tuple, length, bytes);
                    },
                    (bytes, at, length) -> {
                        boolean looks = ++read[0] % ROWS_PER_LOOK == 0;
                        if (looks && System.nanoTime() - start > most) {
                            throw new GodwitException(
                                    ErrorCode.SUBTASK_TOO_LARGE,
                                    doing + " took longer than " + request.most(),
                                    "It is split again.");
                        }
                        rows.row(bytes, at, length);
                    });
            return true;
        });
    }

    private static List<Field> fields(List<Column> columns) {
        return columns.stream()
                .map(column -> new Field(column.name(), column.type(), column.nativeType()))
                .toList();
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

    private DialectCatalog catalog(JdbcSession opened) {
        return new DialectCatalog(opened, dialect, connection.database());
    }
}
