package io.godwit.connector.mongodb;

import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** What the server knows of a collection without looking; -1: it does not. */
record Statistics(long documents, long bytes, boolean sharded) {
    static final Statistics UNKNOWN = new Statistics(-1, -1, false);

    static Statistics of(MongoSession session, String collection) {
        BsonDocument stats = session.database()
                .runCommand(new BsonDocument("collStats", new BsonString(collection)), BsonDocument.class);
        return new Statistics(
                stats.getNumber("count", new BsonInt64(-1)).longValue(),
                stats.getNumber("size", new BsonInt64(-1)).longValue(),
                stats.containsKey("sharded")
                        && stats.get("sharded").isBoolean()
                        && stats.getBoolean("sharded").getValue());
    }
}
