package io.godwit.connector.mongodb;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.List;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The documents whose {@code _id} is at or above one and below another. MongoDB compares only values of one type, and
 * NaN with nothing: so a range without an upper bound is what is not below its lower one, and has all of these.
 *
 * @param from as extended JSON; null: no lower bound
 * @param to likewise
 */
record IdRange(@Nullable String from, @Nullable String to) {
    static final IdRange ALL = new IdRange(null, null);

    static IdRange of(Split split) {
        return split instanceof Split.KeyRange range ? new IdRange(first(range.from()), first(range.to())) : ALL;
    }

    private static @Nullable String first(@Nullable List<String> values) {
        return values == null ? null : values.get(0);
    }

    BsonDocument filter() {
        if (from == null && to == null) {
            return new BsonDocument();
        }
        if (to == null) {
            return new BsonDocument("$nor", new BsonArray(List.of(id(new BsonDocument("$lt", value(from))))));
        }
        BsonDocument bounds = new BsonDocument();
        if (from != null) {
            bounds.append("$gte", value(from));
        }
        return id(bounds.append("$lt", value(to)));
    }

    private static BsonDocument id(BsonDocument condition) {
        return new BsonDocument(MongoColumn.ID, condition);
    }

    private static BsonValue value(@Nullable String json) {
        try {
            if (json != null) {
                ExtendedJson.parse(json);
                return Objects.requireNonNull(
                        BsonDocument.parse("{\"v\": " + json + "}").get("v"));
            }
        } catch (InvalidValueException e) {
            // Said below.
        }
        throw new GodwitException(
                ErrorCode.EVENT_MALFORMED,
                "a split's bound is no _id",
                "No planner sends this: find out who may send events to the broker.");
    }

    FindIterable<RawBsonDocument> find(MongoCollection<RawBsonDocument> collection) {
        FindIterable<RawBsonDocument> all = collection.find(filter());
        return equals(ALL) ? all : all.hint(new BsonDocument(MongoColumn.ID, new BsonInt32(1)));
    }
}
