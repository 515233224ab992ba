package io.godwit.connector.mongodb;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/**
 * Makes a step's collections ready: those that are not there, with their schemas. Whatever would be found only while
 * the step is published, when there is no way back, is refused here.
 */
final class MongoPreparation {
    private final MongoSession session;
    private final Schemas schemas;
    private final Connection connection;

    MongoPreparation(MongoSession session, Schemas schemas, Connection connection) {
        this.session = session;
        this.schemas = schemas;
        this.connection = connection;
    }

    /** @param only whether only to tell what would be done */
    Preparation prepare(PrepareStep question, boolean only) {
        if (!question.before().isEmpty()) {
            throw refused("before: runs SQL, which MongoDB has not", "Take it out.");
        }
        Map<String, TablePlan> targets = new LinkedHashMap<>();
        for (TablePlan table : question.tables()) {
            targets.putIfAbsent(Names.collection(table.target()), table);
            requireFit(table);
        }
        List<String> statements = new ArrayList<>();
        targets.forEach((collection, table) -> prepare(collection, table, only).ifPresent(statements::add));
        return new Preparation(statements, List.of());
    }

    private void requireFit(TablePlan table) {
        String name = table.target().display();
        Names.refusal(Names.collection(table.target())).ifPresent(why -> {
            throw refused("table " + name + ": " + why, "Name the target in another way under to:, table.");
        });
        List<MongoColumn> columns = MongoColumn.of(table);
        for (MongoColumn column : columns) {
            Names.fieldRefusal(column.name()).ifPresent(why -> {
                throw refused(
                        "table " + name + ", column " + column.name() + ": " + why,
                        "Give it another name under columns:.");
            });
        }
        boolean hasId = Columns.named(columns, MongoColumn.ID) != null;
        if (hasId && table.mode() == WriteMode.APPEND) {
            throw refused(
                    "table " + name + ": append gives documents an _id of their own, and _id is among the columns",
                    "Use mode upsert, ignore, overwrite or swap, or leave the column out.");
        }
        if (hasId && table.mode().needsKey() && !table.key().equals(List.of(MongoColumn.ID))) {
            throw refused(
                    "table " + name + ": documents meet by their _id, which is a column and not the key",
                    "Write key: [_id], or leave the column _id out.");
        }
        if (table.mode() == WriteMode.OVERWRITE && table.where() != null) {
            throw refused(
                    "table " + name + ": a condition in SQL means nothing to MongoDB",
                    "Replace all with swap, or write the rows with upsert.");
        }
    }

    private Optional<String> prepare(String collection, TablePlan table, boolean only) {
        Optional<Schema> schema = schemas.find(collection);
        BsonDocument there = session.find(collection);
        if (there != null) {
            requireOurs(collection, table, schema, there);
        } else if (schema.isEmpty() && table.create() == CreateMode.NEVER) {
            throw new GodwitException(
                    ErrorCode.TARGET_TABLE_NOT_FOUND,
                    "connection " + connection.name() + ": no collection " + collection,
                    "Take create: never out.");
        }
        Optional<Schema> fit = schema.map(known -> adapted(collection, table, known));
        if (!only && there == null) {
            session.database().createCollection(collection);
        }
        if (!only && !fit.equals(schema)) {
            fit.ifPresent(schemas::put);
        }
        if (!only && schema.isEmpty()) {
            schemas.put(new Schema(collection, MongoColumn.of(table), keyOf(table), null, null));
        }
        if (schema.isEmpty() || there == null) {
            return Optional.of(
                    "create collection " + collection + " (" + table.columns().size() + " columns)");
        }
        return fit.filter(now -> now.columns().size() > schema.get().columns().size())
                .map(now -> now.columns().stream()
                        .skip(schema.get().columns().size())
                        .map(column -> "ADD COLUMN " + column.name())
                        .collect(Collectors.joining(", ", Schemas.COLLECTION + ", " + collection + ": ", "")));
    }

    /** Under the modes that meet rows, the {@code _id} is made of the key. */
    static List<String> keyOf(TablePlan table) {
        boolean madeOfKey = table.mode().needsKey() && !table.key().equals(List.of(MongoColumn.ID));
        return madeOfKey ? table.key() : List.of();
    }

    private void requireOurs(String collection, TablePlan table, Optional<Schema> schema, BsonDocument there) {
        if (schema.isEmpty() && session.collection(collection).find().first() != null) {
            throw refused(
                    "collection " + collection + " holds documents that Godwit did not write",
                    "Write into another collection, or declare its columns in " + Schemas.COLLECTION + ".");
        }
        boolean plain = there.getString("type").getValue().equals("collection")
                && there.getDocument("options", new BsonDocument()).isEmpty();
        if (!plain) {
            throw refused(
                    "collection " + collection + " is a view, or has options: capped, a validator, a collation",
                    "Write into a plain collection: what the options refuse would be found too late.");
        }
        if (Statistics.of(session, collection).sharded()) {
            throw refused("collection " + collection + " is sharded", "Write into one that is not.");
        }
        List<MongoColumn> columns = new ArrayList<>(MongoColumn.of(table));
        schema.ifPresent(known -> columns.addAll(known.columns()));
        for (BsonDocument index : session.database().getCollection(collection).listIndexes(BsonDocument.class)) {
            Indexes.refusal(index, columns).ifPresent(why -> {
                throw refused(
                        "collection " + collection + " has the index "
                                + index.getString("name").getValue() + ", which " + why,
                        "Drop it; for rows of one key there is mode upsert. What the index refuses would be found too late.");
            });
        }
    }

    /** With the columns that the step has and the collection has not: in documents that are there, they are missing. */
    private Schema adapted(String collection, TablePlan table, Schema schema) {
        if (table.mode() == WriteMode.SWAP || table.create() == CreateMode.RECREATE) {
            return schema;
        }
        List<MongoColumn> columns = new ArrayList<>(schema.columns());
        boolean alike = true;
        for (MongoColumn column : MongoColumn.of(table)) {
            MongoColumn known = Columns.named(schema.columns(), column.name());
            alike &= known == null || known.equals(column);
            if (known == null) {
                columns.add(column);
            }
        }
        if (!table.mode().loadsAside()) {
            requireAlike(collection, table, schema, alike);
        }
        return new Schema(collection, columns, schema.key(), schema.publishedBy(), schema.replacing());
    }

    private void requireAlike(String collection, TablePlan table, Schema schema, boolean alike) {
        if (!alike) {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    "connection " + connection.name() + ": columns of " + collection
                            + " have other types than those of the step",
                    "Write into another collection, or replace it with mode swap.");
        }
        List<String> key = Catalog.keyOf(schema);
        boolean meets = table.mode().needsKey() ? key.equals(table.key()) : key.isEmpty();
        if (!meets) {
            throw new GodwitException(
                    ErrorCode.KEY_REQUIRED,
                    "connection " + connection.name() + ": _ids in " + collection
                            + (key.isEmpty() ? " are made of no key" : " are made of " + String.join(", ", key)),
                    table.mode().needsKey()
                            ? "Fill it with the same mode and key from its first run on."
                            : "Use mode upsert or ignore with this key.");
        }
    }

    private GodwitException refused(String why, String remedy) {
        return new GodwitException(ErrorCode.NOT_SUPPORTED, "connection " + connection.name() + ": " + why, remedy);
    }
}
