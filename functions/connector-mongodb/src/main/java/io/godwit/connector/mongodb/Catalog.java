package io.godwit.connector.mongodb;

import io.godwit.core.job.Connection;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** A database's collections as tables. */
final class Catalog {
    private final MongoSession session;
    private final Connection connection;
    private final Schemas schemas;
    private final MongoOptions options;

    Catalog(MongoSession session, Connection connection, Schemas schemas, MongoOptions options) {
        this.session = session;
        this.connection = connection;
        this.schemas = schemas;
        this.options = options;
    }

    /** All that a user made, in the order of their names. */
    List<TableName> tables() {
        return session.collections().keySet().stream()
                .filter(name -> !MongoSession.isHidden(name))
                .map(name -> new TableName(connection.database(), null, name))
                .toList();
    }

    List<TableDescription> describe(List<TableName> tables) {
        Map<String, BsonDocument> all = session.collections();
        List<TableDescription> described = new ArrayList<>();
        for (TableName table : tables) {
            BsonDocument found = all.get(Names.collection(table));
            if (found != null && !MongoSession.isHidden(Names.collection(table))) {
                described.add(describe(table, found));
            }
        }
        return described;
    }

    private TableDescription describe(TableName table, BsonDocument found) {
        String collection = Names.collection(table);
        Schema schema = schemas.find(collection).orElse(null);
        String kind = found.getString("type", new BsonString("collection")).getValue();
        boolean counted = kind.equals("collection");
        Statistics statistics = counted ? Statistics.of(session, collection) : Statistics.UNKNOWN;
        return description(
                table, kind, schema == null ? columns(collection) : schema.columns(), key(schema, counted), statistics);
    }

    static TableDescription description(
            TableName table, String kind, List<MongoColumn> columns, List<String> key, Statistics statistics) {
        return new TableDescription(
                table,
                kind,
                columns.stream()
                        .map(column -> column.described(!key.contains(column.name())))
                        .toList(),
                key.isEmpty() ? null : new Key(MongoColumn.ID + "_", key),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                statistics.documents(),
                statistics.bytes());
    }

    /** What its documents' {@code _id} is, or is made of; empty where that is no column, or in views. */
    private static List<String> key(@Nullable Schema schema, boolean hasIds) {
        if (schema == null) {
            return hasIds ? List.of(MongoColumn.ID) : List.of();
        }
        return keyOf(schema);
    }

    static List<String> keyOf(Schema schema) {
        return schema.key().isEmpty() && Columns.named(schema.columns(), MongoColumn.ID) != null
                ? List.of(MongoColumn.ID)
                : schema.key();
    }

    /** As declared; else as a sample shows them. */
    List<MongoColumn> columns(String collection) {
        return schemas.find(collection)
                .map(Schema::columns)
                .orElseGet(() -> new Columns(session, options).sampled(collection));
    }
}
