package io.godwit.connector.mongodb;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.Optional;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The collection {@code _godwit.schema} of a database. */
final class Schemas {
    static final String COLLECTION = MongoSession.OWN + "schema";

    /** No collection of this name is ever a table. */
    private static final String PLACE = MongoSession.OWN + "place";

    private final MongoSession session;
    private final Connection connection;
    private final boolean reading;

    Schemas(MongoSession session, Connection connection, boolean reading) {
        this.session = session;
        this.connection = connection;
        this.reading = reading;
    }

    /** @throws GodwitException SOURCE_REFUSED or SINK_REFUSED, where what is there declares no columns */
    Optional<Schema> find(String collection) {
        BsonDocument found = documents().find(named(collection)).first();
        if (found == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Schema.of(found));
        } catch (IllegalArgumentException e) {
            throw new GodwitException(
                    reading ? ErrorCode.SOURCE_REFUSED : ErrorCode.SINK_REFUSED,
                    "connection " + connection.name() + ": the document of " + collection + " in " + COLLECTION + ": "
                            + e.getMessage(),
                    "Mend the document, or delete it: then the columns are those of a sample.",
                    e);
        }
    }

    void put(Schema schema) {
        documents().replaceOne(named(schema.collection()), schema.document(), new ReplaceOptions().upsert(true));
    }

    /**
     * What the database is known by, whatever host it is reached at: a random id that lies in it from the first use on.
     */
    String place() {
        BsonDocument found = documents().find(named(PLACE)).first();
        if (found == null) {
            BsonDocument fresh = named(PLACE)
                    .append("place", new BsonString(UUID.randomUUID().toString()));
            try {
                documents().insertOne(fresh);
                found = fresh;
            } catch (MongoWriteException e) {
                found = documents().find(named(PLACE)).first(); // somebody else was first
                if (found == null) {
                    throw e;
                }
            }
        }
        return found.getString("place").getValue();
    }

    private MongoCollection<BsonDocument> documents() {
        return session.database().getCollection(COLLECTION, BsonDocument.class);
    }

    private static BsonDocument named(String collection) {
        return new BsonDocument("_id", new BsonString(collection));
    }
}
