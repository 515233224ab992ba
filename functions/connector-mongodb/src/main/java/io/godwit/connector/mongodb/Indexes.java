package io.godwit.connector.mongodb;

import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Which indexes take every document that a step may write. */
final class Indexes {
    private Indexes() {}

    /** Why documents of the columns may not go into an index, as the server lists it; empty: all do. */
    static Optional<String> refusal(BsonDocument index, List<MongoColumn> columns) {
        if (index.getString("name").getValue().equals(MongoColumn.ID + "_")) {
            return Optional.empty();
        }
        if (index.containsKey("unique") && isTrue(index.get("unique"))) {
            return Optional.of("is unique");
        }
        BsonDocument key = index.getDocument("key");
        if (!key.values().stream().allMatch(Indexes::isOrder)) {
            return Optional.of("is not of values in ascending or descending order alone");
        }
        // The server indexes no document that has arrays at two of an index's fields.
        long arrays = key.keySet().stream()
                .filter(path -> mayHoldArray(path, columns))
                .count();
        return arrays > 1 ? Optional.of("has two fields that may hold arrays") : Optional.empty();
    }

    private static boolean isTrue(BsonValue value) {
        return value.isBoolean() && value.asBoolean().getValue();
    }

    /** Anything else is the name of another kind of index: {@code 2dsphere}, {@code hashed}, {@code text}. */
    private static boolean isOrder(BsonValue part) {
        return part.isNumber() && Math.abs(part.asNumber().doubleValue()) == 1;
    }

    /** A field that is no column may: a document that is merged into may have it. */
    private static boolean mayHoldArray(String path, List<MongoColumn> columns) {
        if (path.equals(MongoColumn.ID)) {
            return false;
        }
        String field = path.split("\\.", 2)[0];
        return columns.stream().noneMatch(column -> column.name().equals(field))
                || columns.stream().anyMatch(column -> column.name().equals(field) && isNested(column.form()));
    }

    private static boolean isNested(Form form) {
        return form == Form.OBJECT || form == Form.ARRAY || form == Form.ANY;
    }
}
