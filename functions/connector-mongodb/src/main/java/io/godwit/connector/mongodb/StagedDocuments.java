package io.godwit.connector.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.godwit.core.job.WriteMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A staging collection that is being filled, a batch at a time. Of documents with one {@code _id} the last stays under
 * upsert, the first under ignore; else the second is refused.
 */
final class StagedDocuments {
    private static final int DUPLICATE = 11000;
    private static final int MOST_DOCUMENTS = 1000;
    private static final long MOST_BYTES = 8 << 20;

    private final MongoCollection<RawBsonDocument> collection;
    private final WriteMode mode;
    private final Map<ByteBuffer, RawBsonDocument> batch = new LinkedHashMap<>();
    private long bytes;
    private long inserted;

    /** Two documents have one {@code _id}, which is the message. */
    static final class DuplicateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DuplicateException(RawBsonDocument document) {
            super(id(document));
        }

        private static String id(RawBsonDocument document) {
            BsonElements elements = new BsonElements().of(document);
            return elements.next() ? ExtendedJson.shown(elements) : "";
        }
    }

    StagedDocuments(MongoCollection<RawBsonDocument> collection, WriteMode mode) {
        this.collection = collection;
        this.mode = mode;
    }

    /** @throws DuplicateException naming the {@code _id} */
    void add(byte[] document) {
        RawBsonDocument raw = new RawBsonDocument(document);
        ByteBuffer id = id(document);
        if (mode == WriteMode.UPSERT) {
            batch.remove(id);
            batch.put(id, raw);
        } else if (batch.putIfAbsent(id, raw) != null && mode != WriteMode.IGNORE) {
            throw new DuplicateException(raw);
        }
        bytes += document.length;
        if (batch.size() >= MOST_DOCUMENTS || bytes >= MOST_BYTES) {
            flush();
        }
    }

    private static ByteBuffer id(byte[] document) {
        BsonElements elements = new BsonElements().of(document, 0, document.length);
        elements.next();
        return ByteBuffer.wrap(elements.bytes(), elements.from(), elements.length())
                .slice();
    }

    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<RawBsonDocument> documents = new ArrayList<>(batch.values());
        inserted += documents.size();
        try {
            collection.insertMany(documents, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            BulkWriteError other = other(e);
            if (other != null) {
                throw e;
            }
            inserted -= e.getWriteErrors().size();
            meet(documents, e.getWriteErrors());
        }
        batch.clear();
        bytes = 0;
    }

    private static @Nullable BulkWriteError other(MongoBulkWriteException e) {
        return e.getWriteErrors().stream()
                .filter(error -> error.getCode() != DUPLICATE)
                .findFirst()
                .orElse(null);
    }

    private void meet(List<RawBsonDocument> documents, List<BulkWriteError> duplicates) {
        if (mode == WriteMode.IGNORE) {
            return;
        }
        if (mode != WriteMode.UPSERT) {
            throw new DuplicateException(documents.get(duplicates.get(0).getIndex()));
        }
        List<WriteModel<RawBsonDocument>> replacements = new ArrayList<>();
        for (BulkWriteError duplicate : duplicates) {
            RawBsonDocument document = documents.get(duplicate.getIndex());
            replacements.add(new ReplaceOneModel<>(
                    new BsonDocument(MongoColumn.ID, document.get(MongoColumn.ID)),
                    document,
                    new ReplaceOptions().upsert(false)));
        }
        collection.bulkWrite(replacements, new BulkWriteOptions().ordered(true));
    }

    /** How many documents there are. */
    long documents() {
        return inserted;
    }

    void drop() {
        collection.drop();
    }

    String name() {
        return collection.getNamespace().getCollectionName();
    }
}
