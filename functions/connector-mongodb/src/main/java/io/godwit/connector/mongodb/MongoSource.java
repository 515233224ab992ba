package io.godwit.connector.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
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
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.FieldWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** A database as a source. A document that is not what its collection's columns say is handed over as malformed. */
final class MongoSource implements Source {
    private static final int MOST_PREVIEWED = 1000;
    private static final int ROWS_PER_LOOK = 256;

    /** Documents of one answer: the server ends it at 16 MB before that. */
    private static final int BATCH = 1000;

    private final Connection connection;
    private final MongoOptions options;
    private final MongoErrors errors;
    private final MongoSession session;
    private final Catalog catalog;

    MongoSource(Connection connection, MongoOptions options, SecretResolver secrets) {
        this.connection = connection;
        this.options = options;
        this.errors = new MongoErrors(true, connection);
        this.session = new MongoSession(connection, options, secrets, true);
        this.catalog = new Catalog(session, connection, new Schemas(session, connection, true), options);
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return errors.during(
                "testing",
                () -> new ConnectionReport(session.product(), (System.nanoTime() - start) / 1_000_000, List.of()));
    }

    @Override
    public List<String> databases() {
        return errors.during(
                "listing databases", () -> session.client().listDatabaseNames().into(new ArrayList<>()));
    }

    @Override
    public List<TableName> tables() {
        return errors.during("listing collections", () -> {
            requireDatabase();
            return catalog.tables();
        });
    }

    /** To the server a database that is not there is one without collections. */
    private void requireDatabase() {
        List<String> names;
        try {
            names = session.client().listDatabaseNames().into(new ArrayList<>());
        } catch (MongoCommandException e) {
            return; // who may not list them may still read one
        }
        if (!names.contains(connection.database())) {
            throw new GodwitException(
                    ErrorCode.SOURCE_LOGIN_REFUSED,
                    "connection " + connection.name() + ": no database " + connection.database()
                            + " that this user sees",
                    "Check database in the connection, its spelling and case.");
        }
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return errors.during("describing collections", () -> catalog.describe(tables));
    }

    @Override
    public SourceSplits split(SplitSource question) {
        requireNoCondition(question.where());
        return errors.during("splitting " + question.table().name().display(), () -> {
            requireCollection(question.table().name());
            return splitter(question.table()).split(question.splitBytes());
        });
    }

    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        requireNoCondition(question.where());
        return errors.during("splitting " + question.table().name().display() + " again", () -> {
            requireCollection(question.table().name());
            return splitter(question.table()).halves(question.split());
        });
    }

    private MongoSplitter splitter(TableDescription table) {
        return new MongoSplitter(session, table);
    }

    @Override
    public @Nullable String highWater(HighWaterQuestion question) {
        throw new GodwitException(
                ErrorCode.NOT_SUPPORTED,
                "connection " + connection.name() + ": collections have no high-water mark of a column",
                "Take incremental: out; with mode upsert, whole runs come to the same.");
    }

    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets the inner annotation of Preview's rows, once compiled
    public Preview preview(TableName name, int limit) {
        return errors.during("previewing " + name.display(), () -> {
            requireCollection(name);
            List<MongoColumn> columns = catalog.columns(Names.collection(name));
            FieldTexts texts = new FieldTexts(columns);
            DocumentReader reader = reader(Names.collection(name), columns, columns);
            List<List<@Nullable String>> rows = new ArrayList<>();
            int most = Math.min(Math.max(limit, 1), MOST_PREVIEWED);
            FieldWriter tuple = new FieldWriter();
            try (MongoCursor<RawBsonDocument> documents = session.collection(Names.collection(name))
                    .find()
                    .limit(most)
                    .cursor()) {
                while (documents.hasNext() && rows.size() < limit) {
                    MalformedRow malformed = reader.read(documents.next(), tuple);
                    if (malformed != null) {
                        throw malformed.error();
                    }
                    rows.add(texts.of(tuple));
                    tuple.clear();
                }
            }
            return new Preview(
                    columns.stream().map(MongoColumn::name).toList(),
                    columns.stream().map(column -> column.type().notation()).toList(),
                    rows);
        });
    }

    @Override
    public String holdSnapshot() {
        throw new GodwitException(
                ErrorCode.NOT_SUPPORTED,
                "connection " + connection.name() + ": Godwit holds no snapshots of MongoDB",
                "Take consistency: run out.");
    }

    @Override
    public void read(ReadRequest request, RowConsumer rows) {
        requireNoCondition(request.where());
        TableName name = request.table().name();
        errors.run("reading " + name.display(), () -> {
            requireCollection(name);
            try {
                read(request, Names.collection(name), rows);
            } catch (MongoExecutionTimeoutException e) {
                throw tookTooLong(name, request.most());
            }
        });
    }

    private void read(ReadRequest request, String collection, RowConsumer rows) {
        DocumentReader reader = reader(collection, columns(request.table().columns()), columns(request.columns()));
        FindIterable<RawBsonDocument> found = IdRange.of(request.split()).find(session.collection(collection));
        Duration most = request.most();
        long deadline = Long.MAX_VALUE;
        if (most != null) {
            deadline = System.nanoTime() + most.toNanos();
            found = found.maxTime(Math.max(1, most.toMillis()), TimeUnit.MILLISECONDS);
        }
        FieldWriter tuple = new FieldWriter();
        long read = 0;
        try (MongoCursor<RawBsonDocument> documents = found.batchSize(BATCH).cursor()) {
            while (documents.hasNext()) {
                RawBsonDocument document = documents.next();
                MalformedRow malformed = reader.read(document, tuple);
                if (malformed != null) {
                    rows.malformed(malformed);
                } else if (tuple.length() > request.maxRowBytes()) {
                    throw new GodwitException(
                            ErrorCode.ROW_TOO_LARGE,
                            reader.place(document) + ": its row has more than " + request.maxRowBytes()
                                    + " bytes, which is the limit",
                            "Raise the limit for rows, or leave its large columns out.");
                } else {
                    rows.row(tuple.array(), 0, tuple.length());
                }
                tuple.clear();
                if (++read % ROWS_PER_LOOK == 0 && most != null && System.nanoTime() > deadline) {
                    throw tookTooLong(request.table().name(), most);
                }
            }
        }
    }

    @Override
    public void readAgain(ReadRequest request, byte[] context, byte[] raw, RowConsumer rows) {
        DocumentReader reader = reader(
                Names.collection(request.table().name()),
                columns(request.table().columns()),
                columns(request.columns()));
        FieldWriter tuple = new FieldWriter();
        MalformedRow malformed = reader.read(new RawBsonDocument(raw), tuple);
        if (malformed != null) {
            rows.malformed(malformed);
        } else {
            rows.row(tuple.array(), 0, tuple.length());
        }
    }

    private static GodwitException tookTooLong(TableName table, @Nullable Duration most) {
        return new GodwitException(
                ErrorCode.SUBTASK_TOO_LARGE,
                "reading " + table.display() + " took longer than " + most,
                "It is split again.");
    }

    private DocumentReader reader(String collection, List<MongoColumn> all, List<MongoColumn> wanted) {
        return new DocumentReader(collection, all, wanted, options.rest());
    }

    private static List<MongoColumn> columns(List<Column> columns) {
        return columns.stream().map(MongoColumn::of).toList();
    }

    private void requireCollection(TableName name) {
        BsonDocument found = session.find(Names.collection(name));
        if (found == null) {
            throw new GodwitException(
                    ErrorCode.SOURCE_TABLE_NOT_FOUND,
                    "connection " + connection.name() + ": no collection " + Names.collection(name) + " in "
                            + connection.database(),
                    "Check the name's spelling and case.");
        }
    }

    private void requireNoCondition(@Nullable String where) {
        if (where != null) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "connection " + connection.name() + ": collections take no condition in SQL (where:)",
                    "Write it as an expression under filter: instead.");
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
