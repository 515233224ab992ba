package io.godwit.connector.mongodb;

import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.table.TableDescription;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Splits a collection by its {@code _id}, at values that its index has: every so many documents. */
final class MongoSplitter {
    private static final BsonDocument BY_ID = new BsonDocument(MongoColumn.ID, new BsonInt32(1));

    private final MongoSession session;
    private final String collection;

    MongoSplitter(MongoSession session, TableDescription table) {
        this.session = session;
        this.collection = Names.collection(table.name());
    }

    SourceSplits split(long splitBytes) {
        BsonDocument found = session.find(collection);
        boolean view = found != null && !found.getString("type").getValue().equals("collection");
        if (view) {
            return whole(-1, -1, "not split: no collection, but a view or the like");
        }
        Statistics statistics = Statistics.of(session, collection);
        long documents = statistics.documents();
        long bytes = statistics.bytes();
        if (documents < 2 || bytes <= splitBytes) {
            return whole(documents, bytes, "not split: " + bytes + " bytes");
        }
        if (!isOfOneType()) {
            return whole(documents, bytes, "not split: its _ids are of several BSON types");
        }
        long rowsEach = Math.max(1, (long) (documents * ((double) splitBytes / bytes)));
        List<PlannedSplit> splits = new ArrayList<>();
        String from = null;
        for (String to = after(IdRange.ALL, rowsEach); to != null; to = after(new IdRange(from, null), rowsEach)) {
            splits.add(planned(from, to, rowsEach, splitBytes));
            from = to;
        }
        splits.add(planned(from, null, rowsEach, splitBytes));
        return splits.size() == 1
                ? whole(documents, bytes, "not split: " + documents + " documents")
                : new SourceSplits(splits, splits.size() + " ranges of _id, of " + rowsEach + " documents each");
    }

    SourceSplits halves(PlannedSplit whole) {
        IdRange range = IdRange.of(whole.split());
        long documents = isOfOneType() ? session.collection(collection).countDocuments(range.filter()) : 0;
        String middle = documents < 2 ? null : after(range, documents / 2);
        if (middle == null) {
            return new SourceSplits(List.of(whole), "not split again: " + documents + " documents of one type of _id");
        }
        long bytesEach = whole.estimatedBytes() < 0 ? -1 : whole.estimatedBytes() / 2;
        return new SourceSplits(
                List.of(
                        planned(range.from(), middle, documents / 2, bytesEach),
                        planned(middle, range.to(), documents - documents / 2, bytesEach)),
                "halves of a range of _id");
    }

    private PlannedSplit planned(@Nullable String from, @Nullable String to, long documents, long bytes) {
        // No column: even where _id is one, its bounds are words of MongoDB's, which no sink could compare by.
        return new PlannedSplit(
                new Split.KeyRange(
                        List.of(), from == null ? null : List.of(from), to == null ? null : List.of(to), null),
                documents,
                bytes);
    }

    private static SourceSplits whole(long documents, long bytes, String reason) {
        return new SourceSplits(List.of(new PlannedSplit(new Split.Whole(null), documents, bytes)), reason);
    }

    /** The {@code _id} that so many documents of the range lie below; null: there are no more. */
    private @Nullable String after(IdRange range, long documents) {
        RawBsonDocument found = session.collection(collection)
                .find(range.filter())
                .projection(BY_ID)
                .sort(BY_ID)
                .skip(Math.toIntExact(documents))
                .limit(1)
                .first();
        if (found == null) {
            return null;
        }
        BsonElements elements = new BsonElements().of(found);
        return elements.next() ? ExtendedJson.shown(elements) : null;
    }

    /** What lies between two values that compare, compares with both. */
    private boolean isOfOneType() {
        BsonValue first = end(1);
        BsonValue last = end(-1);
        return first != null
                && last != null
                && (first.getBsonType() == last.getBsonType() || (isNumber(first) && isNumber(last)));
    }

    private static boolean isNumber(BsonValue value) {
        return value.isNumber() || value.isDecimal128();
    }

    private @Nullable BsonValue end(int direction) {
        RawBsonDocument found = session.collection(collection)
                .find()
                .projection(BY_ID)
                .sort(new BsonDocument(MongoColumn.ID, new BsonInt32(direction)))
                .limit(1)
                .first();
        return found == null ? null : found.get(MongoColumn.ID);
    }
}
