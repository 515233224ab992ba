package io.godwit.connector.mongodb;

import io.godwit.core.error.GodwitException;
import io.godwit.core.job.TypeWord;
import io.godwit.core.type.LogicalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A document of {@code _godwit.schema}, by the name of its collection: the columns that the collection's documents are,
 * whoever wrote it. {@code {_id: "orders", columns: [{name: "id", type: "int8", bson: "long"}], key: ["id"]}}.
 *
 * @param key the columns of which each document's {@code _id} is made; empty: it is made of something else
 * @param publishedBy the step that was published last
 * @param replacing the step whose documents take the place of all, from the moment at which that is under way
 */
record Schema(
        String collection,
        List<MongoColumn> columns,
        List<String> key,
        @Nullable String publishedBy,
        @Nullable String replacing) {
    Schema {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    Schema published(String step) {
        return new Schema(collection, columns, key, step, null);
    }

    Schema replacedBy(String step) {
        return new Schema(collection, columns, key, publishedBy, step);
    }

    /** @throws IllegalArgumentException where the document declares no columns, saying why */
    static Schema of(BsonDocument document) {
        String name = text(document, "_id");
        List<MongoColumn> columns = new ArrayList<>();
        for (BsonValue column : array(document, "columns")) {
            if (!column.isDocument()) {
                throw new IllegalArgumentException("a column that is no document");
            }
            columns.add(column(column.asDocument()));
        }
        long names = columns.stream().map(MongoColumn::name).distinct().count();
        if (columns.isEmpty() || names != columns.size()) {
            throw new IllegalArgumentException("no columns, or two of one name");
        }
        List<String> key = new ArrayList<>();
        for (BsonValue part : document.containsKey("key") ? array(document, "key") : new BsonArray()) {
            String column = part.isString() ? part.asString().getValue() : "";
            if (columns.stream().noneMatch(any -> any.name().equals(column))) {
                throw new IllegalArgumentException("a key that is not among the columns");
            }
            key.add(column);
        }
        return new Schema(name, columns, key, optional(document, "publishedBy"), optional(document, "replacing"));
    }

    private static MongoColumn column(BsonDocument column) {
        String name = text(column, "name");
        LogicalType type;
        try {
            type = TypeWord.parse(text(column, "type"));
        } catch (GodwitException e) {
            throw new IllegalArgumentException(
                    "column " + name + ": " + e.info().message(), e);
        }
        String word = optional(column, "bson");
        if (word == null) {
            return new MongoColumn(name, type, Form.of(type));
        }
        Optional<Form> form = Form.ofWord(word);
        return new MongoColumn(
                name,
                type,
                form.orElseThrow(() -> new IllegalArgumentException("column " + name + ": no BSON type " + word)));
    }

    private static BsonArray array(BsonDocument document, String field) {
        if (!document.isArray(field)) {
            throw new IllegalArgumentException(field + " is no array");
        }
        return document.getArray(field);
    }

    private static String text(BsonDocument document, String field) {
        if (!document.isString(field)) {
            throw new IllegalArgumentException(field + " is no string");
        }
        return document.getString(field).getValue();
    }

    private static @Nullable String optional(BsonDocument document, String field) {
        return document.isString(field) ? document.getString(field).getValue() : null;
    }

    BsonDocument document() {
        BsonArray all = new BsonArray();
        columns.forEach(column -> all.add(new BsonDocument("name", new BsonString(column.name()))
                .append("type", new BsonString(column.type().notation()))
                .append("bson", new BsonString(column.form().word()))));
        BsonDocument document = new BsonDocument("_id", new BsonString(collection)).append("columns", all);
        if (!key.isEmpty()) {
            BsonArray parts = new BsonArray();
            key.forEach(part -> parts.add(new BsonString(part)));
            document.append("key", parts);
        }
        if (publishedBy != null) {
            document.append("publishedBy", new BsonString(publishedBy));
        }
        if (replacing != null) {
            document.append("replacing", new BsonString(replacing));
        }
        return document;
    }
}
