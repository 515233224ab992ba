package io.godwit.connector.mongodb;

import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.file.ControlStoreServer;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.SampleTable.SampleColumn;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** A database of its own for a test class. */
final class Collections {
    static final String LOGICAL = "type:";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Connection connection;

    Collections(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.putIfAbsent("sslMode", "disable");
        this.connection = new Connection(
                "documents",
                "mongodb",
                "127.0.0.1",
                MongoTestServer.port(),
                "kit" + DATABASES.incrementAndGet(),
                null,
                null,
                all,
                Limits.NONE,
                List.of());
        // A database is there from its first collection on.
        MongoTestServer.database(connection.database()).createCollection("empty");
    }

    Connection connection() {
        return connection;
    }

    /** The same with other options. */
    Connection with(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(connection.options());
        all.putAll(options);
        return new Connection(
                connection.name(),
                connection.type(),
                connection.host(),
                connection.port(),
                connection.database(),
                null,
                null,
                all,
                connection.limits(),
                connection.pools());
    }

    /** The same by another name of its host. */
    Connection at(String host) {
        return new Connection(
                connection.name(),
                connection.type(),
                host,
                connection.port(),
                connection.database(),
                null,
                null,
                connection.options(),
                connection.limits(),
                connection.pools());
    }

    static Source source(Connection connection) {
        return new MongoConnector().source(connection, means());
    }

    static Sink sink(Connection connection) {
        return new MongoConnector().sink(connection, means(), ControlStoreServer.ledgers());
    }

    private static Means means() {
        return Means.of(reference -> reference);
    }

    TableName tableName(String name) {
        return new TableName(connection.database(), null, name);
    }

    /** Documents as JSON. */
    void insert(String collection, String... documents) {
        for (String document : documents) {
            MongoTestServer.database(connection.database())
                    .getCollection(collection, BsonDocument.class)
                    .insertOne(BsonDocument.parse(document));
        }
    }

    List<String> names() {
        return MongoTestServer.database(connection.database())
                .listCollectionNames()
                .into(new ArrayList<>());
    }

    void dropAll(String prefix) {
        names().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> MongoTestServer.database(connection.database())
                        .getCollection(name)
                        .drop());
    }

    void create(SampleTable sample) {
        String name = sample.name().name();
        MongoTestServer.database(connection.database()).createCollection(name);
        MongoTestServer.database(connection.database())
                .getCollection(Schemas.COLLECTION, BsonDocument.class)
                .insertOne(new Schema(name, columns(sample), sample.key(), null, null).document());
        insert(sample);
    }

    void insert(SampleTable sample) {
        List<MongoColumn> columns = columns(sample);
        DocumentWriter writer =
                new DocumentWriter(columns, Identity.of(columns, sample.key()), UUID.randomUUID() + ".");
        List<RawBsonDocument> documents = new ArrayList<>();
        TupleFields fields = new TupleFields(columns.size());
        for (List<@Nullable String> row : sample.rows()) {
            TupleBuilder tuple = new TupleBuilder().begin(columns.size());
            for (int i = 0; i < row.size(); i++) {
                tuple.field(value(columns.get(i).type(), row.get(i)));
            }
            fields.of(tuple.bytes(), 0, tuple.length());
            documents.add(new RawBsonDocument(writer.document(fields, documents.size())));
        }
        if (!documents.isEmpty()) {
            MongoTestServer.database(connection.database())
                    .getCollection(sample.name().name(), RawBsonDocument.class)
                    .insertMany(documents);
        }
    }

    private static byte @Nullable [] value(LogicalType type, @Nullable String text) {
        var codec = io.godwit.core.type.codec.Codecs.of(type);
        return text == null ? null : codec.encode(codec.parse(text));
    }

    private static List<MongoColumn> columns(SampleTable sample) {
        return sample.columns().stream().map(Collections::column).toList();
    }

    private static MongoColumn column(SampleColumn column) {
        String words = column.type().replaceFirst(" COLLATE .*", "");
        if (words.startsWith(LOGICAL)) {
            LogicalType type = LogicalType.parse(words.substring(LOGICAL.length()));
            return new MongoColumn(column.name(), type, Form.of(type));
        }
        Optional<Form> form = Form.ofWord(words);
        LogicalType type = form.map(Form::type).orElseGet(() -> LogicalType.parse(words));
        return new MongoColumn(column.name(), type, form.orElseGet(() -> Form.of(type)));
    }
}
