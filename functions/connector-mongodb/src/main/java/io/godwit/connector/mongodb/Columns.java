package io.godwit.connector.mongodb;

import com.mongodb.client.FindIterable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** The columns of a collection for which none are declared: the fields of its first and of its last documents. */
final class Columns {
    /** Documents of a sample are no more than these together. */
    private static final long MOST_BYTES = 32L << 20;

    private final MongoSession session;
    private final MongoOptions options;

    Columns(MongoSession session, MongoOptions options) {
        this.session = session;
        this.options = options;
    }

    List<MongoColumn> sampled(String collection) {
        Map<String, SampledForm> fields = new LinkedHashMap<>();
        fields.put(MongoColumn.ID, new SampledForm());
        int half = (options.sample() + 1) / 2;
        sample(collection, 1, half, fields);
        sample(collection, -1, half, fields);
        String rest = options.rest();
        List<MongoColumn> columns = new ArrayList<>();
        fields.forEach((name, field) -> {
            if (!name.equals(rest)) {
                Form form = field.form();
                columns.add(new MongoColumn(name, form.type(), form));
            }
        });
        if (rest != null) {
            columns.add(rest(rest));
        }
        return columns;
    }

    static MongoColumn rest(String name) {
        return new MongoColumn(name, Form.OBJECT.type(), Form.OBJECT);
    }

    private void sample(String collection, int direction, int most, Map<String, SampledForm> fields) {
        FindIterable<RawBsonDocument> documents = session.collection(collection)
                .find()
                .sort(new BsonDocument(MongoColumn.ID, new BsonInt32(direction)))
                .limit(most);
        BsonElements elements = new BsonElements();
        long bytes = 0;
        try (var cursor = documents.cursor()) {
            while (bytes < MOST_BYTES && cursor.hasNext()) {
                RawBsonDocument document = cursor.next();
                bytes += document.getByteBuffer().remaining();
                elements.of(document);
                while (elements.next()) {
                    fields.computeIfAbsent(elements.name(), name -> new SampledForm())
                            .see(elements);
                }
            }
        }
    }

    static @Nullable MongoColumn named(List<MongoColumn> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
