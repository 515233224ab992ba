package io.godwit.connector.mongodb;

import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * What the ledger notes of a written subtask: the collection that holds it, and how many documents it has there: fewer
 * than rows, where rows had one key.
 */
record Unit(String collection, long documents) {

    String text() {
        return new BsonDocument("collection", new BsonString(collection))
                .append("documents", new BsonInt64(documents))
                .toJson();
    }

    static Unit parse(String text) {
        BsonDocument unit = BsonDocument.parse(text);
        return new Unit(
                unit.getString("collection").getValue(),
                unit.getNumber("documents").longValue());
    }
}
