package io.godwit.connector.mongodb;

import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.MergeOptions;
import com.mongodb.client.model.MergeOptions.WhenMatched;
import com.mongodb.client.model.MergeOptions.WhenNotMatched;
import com.mongodb.client.model.RenameCollectionOptions;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers.Units;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.run.StepId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Shows a step's documents to all. What is added or met by key is merged into the collection, subtask after subtask, by
 * the server; what takes the place of all comes together in a successor, which is renamed. Done again, after it broke
 * off anywhere, it comes to the same: documents have their {@code _id}, and a schema says what was done.
 */
final class MongoPublication {
    private final MongoSession session;
    private final Schemas schemas;

    MongoPublication(MongoSession session, Schemas schemas) {
        this.session = session;
        this.schemas = schemas;
    }

    /** A collection that is written, and what was written for it, in the order of the plan. */
    private record Target(String collection, TablePlan table, List<Unit> units) {
        long documents() {
            return units.stream().mapToLong(Unit::documents).sum();
        }

        boolean isReplaced() {
            return table.mode().loadsAside() || table.create() == CreateMode.RECREATE;
        }
    }

    Published publish(PublishStep question, Units units) {
        StepId step = question.step();
        List<String> statements = new ArrayList<>();
        for (Target target : targets(question, units)) {
            Schema before = schemas.find(target.collection()).orElse(null);
            boolean done = before != null && step.value().equals(before.publishedBy());
            if (!done && target.isReplaced()) {
                replace(step, target, before);
            } else if (!done) {
                merge(target, before == null ? schema(target) : before, step);
            }
            statements.add((target.isReplaced() ? "replace " : "merge into ") + target.collection() + ": "
                    + target.documents() + " documents");
        }
        session.dropAll(Staging.prefix(step));
        return new Published(statements, List.of());
    }

    /**
     * Looks, while there is still a way back, whether all is there; and brings together what takes the place of a
     * collection and has {@code _id}s of its own.
     *
     * @throws GodwitException ROW_REFUSED where two subtasks have one {@code _id}; SINK_REFUSED where documents are
     *     gone
     */
    void rehearse(PublishStep question, Units units) {
        if (!question.after().isEmpty()) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED, "after: runs SQL, which MongoDB has not", "Take it out.");
        }
        for (Target target : targets(question, units)) {
            target.units().forEach(this::requireWhole);
            if (target.isReplaced() && Columns.named(MongoColumn.of(target.table()), MongoColumn.ID) != null) {
                assemble(question.step(), target);
            }
        }
    }

    private static List<Target> targets(PublishStep question, Units units) {
        Map<String, Target> targets = new LinkedHashMap<>();
        Map<Integer, Target> byTable = new LinkedHashMap<>();
        for (TablePlan table : question.tables()) {
            String collection = Names.collection(table.target());
            Target target = targets.computeIfAbsent(collection, name -> new Target(name, table, new ArrayList<>()));
            byTable.put(table.ordinal(), target);
        }
        units.forEach(unit -> {
            Target target = byTable.get(unit.row().subtask().table());
            if (target == null) {
                throw new GodwitException(
                        ErrorCode.DEFECT, "subtask " + unit.row().subtask() + " is of no table of the step", "");
            }
            target.units().add(Unit.parse(unit.content()));
        });
        return new ArrayList<>(targets.values());
    }

    private void merge(Target target, Schema schema, StepId step) {
        WhenMatched matched = target.table().mode() == WriteMode.UPSERT ? WhenMatched.MERGE : WhenMatched.KEEP_EXISTING;
        target.units().forEach(unit -> merge(unit, target.collection(), matched));
        schemas.put(schema.published(step.value()));
    }

    private void merge(Unit unit, String into, WhenMatched matched) {
        if (unit.documents() == 0) {
            return;
        }
        requireWhole(unit);
        session.collection(unit.collection())
                .aggregate(List.of(Aggregates.merge(
                        into,
                        new MergeOptions()
                                .uniqueIdentifier(MongoColumn.ID)
                                .whenMatched(matched)
                                .whenNotMatched(WhenNotMatched.INSERT))))
                .toCollection();
    }

    private void requireWhole(Unit unit) {
        if (unit.documents() == 0) {
            return;
        }
        long there = session.collection(unit.collection()).countDocuments();
        if (there != unit.documents()) {
            throw new GodwitException(
                    ErrorCode.SINK_REFUSED,
                    "collection " + unit.collection() + " has " + there + " documents, and had " + unit.documents(),
                    "Somebody took them away: start a new run.");
        }
    }

    private void replace(StepId step, Target target, @Nullable Schema before) {
        String successor = Staging.successor(step, target.table().ordinal());
        boolean begun = before != null && step.value().equals(before.replacing());
        // Begun, and no successor left: it was renamed.
        if (!begun || session.find(successor) != null) {
            assemble(step, target);
            schemas.put((before == null ? schema(target) : before).replacedBy(step.value()));
            session.collection(successor)
                    .renameCollection(
                            new MongoNamespace(session.database().getName(), target.collection()),
                            new RenameCollectionOptions().dropTarget(true));
        }
        schemas.put(schema(target).published(step.value()));
    }

    /** The successor with all documents and the indexes of the collection whose place it takes. */
    private void assemble(StepId step, Target target) {
        String successor = Staging.successor(step, target.table().ordinal());
        if (session.find(successor) == null) {
            session.database().createCollection(successor);
        }
        if (session.collection(successor).countDocuments() != target.documents()) {
            target.units().forEach(unit -> merge(unit, successor, WhenMatched.KEEP_EXISTING));
        }
        long there = session.collection(successor).countDocuments();
        if (there != target.documents()) {
            throw new GodwitException(
                    ErrorCode.ROW_REFUSED,
                    "table " + target.table().target().display() + ": rows of several subtasks have the same _id: of "
                            + target.documents() + " there are " + there,
                    "Use mode upsert or ignore, which say which of them stays.");
        }
        copyIndexes(target.collection(), successor);
    }

    private void copyIndexes(String from, String to) {
        BsonArray indexes = new BsonArray();
        for (BsonDocument index : session.database().getCollection(from).listIndexes(BsonDocument.class)) {
            if (!index.getString("name").getValue().equals(MongoColumn.ID + "_")) {
                index.remove("ns");
                indexes.add(index);
            }
        }
        if (!indexes.isEmpty()) {
            session.database()
                    .runCommand(new BsonDocument("createIndexes", new BsonString(to)).append("indexes", indexes));
        }
    }

    private static Schema schema(Target target) {
        return new Schema(
                target.collection(),
                MongoColumn.of(target.table()),
                MongoPreparation.keyOf(target.table()),
                null,
                null);
    }
}
