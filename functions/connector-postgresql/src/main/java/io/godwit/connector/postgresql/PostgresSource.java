package io.godwit.connector.postgresql;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.postgresql.SourceSession.View;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.Split;
import io.godwit.core.port.SecretResolver;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.HighWaterQuestion;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/** A PostgreSQL database, to be read. */
final class PostgresSource implements Source {
    private static final int MOST_PREVIEWED = 1000;

    /** A longer value is cut in a preview. Characters. */
    private static final int PREVIEWED_LENGTH = 2000;

    private final Connection connection;
    private final SecretResolver secrets;
    private final SourceSession session;
    private @Nullable SnapshotHolder snapshot;

    PostgresSource(Connection connection, SecretResolver secrets) {
        this.connection = connection;
        this.secrets = secrets;
        this.session = new SourceSession(connection, secrets);
    }

    @Override
    public ConnectionReport test() {
        session.close(); // so that the time includes dialling
        long start = System.nanoTime();
        return session.run(View.PLAIN, "testing", opened -> SourceReport.of(opened, start));
    }

    @Override
    public List<String> databases() {
        return session.run(View.PLAIN, "listing databases", opened -> {
            List<String> names = new ArrayList<>();
            try (Statement statement = opened.createStatement();
                    ResultSet row = statement.executeQuery(CatalogQueries.DATABASES)) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
            return names;
        });
    }

    @Override
    public List<TableName> tables() {
        return session.run(
                View.PLAIN, "listing tables", opened -> catalog(opened).tables());
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return session.run(
                View.PLAIN,
                "describing " + (tables.size() == 1 ? tables.get(0).display() : tables.size() + " tables"),
                opened -> catalog(opened).describe(tables));
    }

    private PostgresCatalog catalog(PgConnection opened) {
        return new PostgresCatalog(opened, connection.database());
    }

    @Override
    public SourceSplits split(SplitSource question) {
        return session.run(
                view(question.snapshot(), question.where(), question.table()),
                "splitting " + question.table().name().display(),
                opened -> new PostgresSplitter(opened, question).split());
    }

    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        return session.run(
                view(question.snapshot(), question.where(), question.table()),
                "splitting " + question.table().name().display() + " again",
                opened -> new PostgresHalves(opened, question).halve());
    }

    @Override
    public @Nullable String highWater(HighWaterQuestion question) {
        String column = Quoting.identifier(question.column());
        String where = question.where() == null ? "" : " AND " + Condition.of(question.where());
        // Named otherwise than the column: by its own name it would be sorted as text.
        String sql = "SELECT " + column + "::text AS \"godwit value\" FROM " + Quoting.table(question.table())
                + " WHERE " + column + " IS NOT NULL" + where + " ORDER BY " + column + " DESC LIMIT 1";
        return session.<@Nullable String>run(
                new View(null, question.where() != null),
                "looking for the high-water mark of " + question.table().display(),
                opened -> {
                    try (Statement statement = opened.createStatement();
                            ResultSet row = statement.executeQuery(sql)) {
                        return row.next() ? row.getString(1) : null;
                    }
                });
    }

    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets the inner annotation of Preview's rows, once compiled
    public Preview preview(TableName table, int limit) {
        TableDescription described = describe(List.of(table)).stream()
                .findFirst()
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.SOURCE_TABLE_NOT_FOUND,
                        "connection " + connection.name() + ": no table " + table.display() + " in database "
                                + connection.database(),
                        "Check the name's spelling, case and schema."));
        String fields = described.columns().stream()
                .map(column -> "left(" + Quoting.identifier(column.name()) + "::text, " + PREVIEWED_LENGTH + ")")
                .collect(Collectors.joining(", "));
        String sql = "SELECT " + fields + " FROM " + ReadQuery.relation(described, null) + " LIMIT "
                + Math.min(Math.max(limit, 0), MOST_PREVIEWED);
        return new Preview(
                described.columns().stream().map(Column::name).toList(),
                described.columns().stream().map(Column::nativeType).toList(),
                session.run(view(null, null, described), "previewing " + table.display(), opened -> rows(opened, sql)));
    }

    private static List<List<@Nullable String>> rows(PgConnection opened, String sql) throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (Statement statement = opened.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(row.getString(i));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    @Override
    public String holdSnapshot() {
        if (snapshot == null) {
            snapshot = SnapshotHolder.open(connection, secrets);
        }
        return snapshot.snapshot();
    }

    @Override
    public void read(ReadRequest request, RowConsumer rows) {
        String doing = "reading " + request.table().name().display();
        View view = view(request.snapshot(), request.where(), request.table());
        String from = ReadQuery.from(request.table(), request.where(), request.split());
        RowLimit limit = new RowLimit(request);
        OptionalLong refused = session.run(view, doing, opened -> copy(opened, request, from, limit, rows));
        if (refused.isPresent()) {
            String key = session.run(view, doing, opened -> limit.findKey(opened, from))
                    .orElse(null);
            throw limit.refusal(key, refused.getAsLong());
        }
    }

    /** Reads, and says how large a row was that the server refused for its size. */
    private OptionalLong copy(PgConnection opened, ReadRequest request, String from, RowLimit limit, RowConsumer rows)
            throws SQLException {
        if (request.split() instanceof Split.Blocks blocks) {
            BlockCheck.sameBlocks(opened, request, blocks);
        }
        String sql = ReadQuery.copy(limit.fields(opened), from);
        StatementLimit time = StatementLimit.set(opened, request.most());
        try {
            TupleStream.copy(opened, sql, request.columns().size(), (bytes, offset, length) -> {
                if (length > request.maxRowBytes()) {
                    throw limit.refusal(bytes, offset, length);
                }
                rows.row(bytes, offset, length);
            });
            return OptionalLong.empty();
        } catch (SQLException e) {
            time.refuse(e, "reading " + request.table().name().display());
            OptionalLong size = RowLimit.refusedSize(e);
            if (size.isEmpty()) {
                throw e;
            }
            return size;
        }
    }

    /** Conditions and views are SQL that users wrote. */
    private static View view(@Nullable String snapshot, @Nullable String where, TableDescription table) {
        return new View(snapshot, where != null || table.kind().equals(TableBuilder.VIEW));
    }

    @Override
    public void close() {
        if (snapshot != null) {
            snapshot.close();
            snapshot = null;
        }
        session.close();
    }
}
