package io.godwit.connector.mongodb;

import com.mongodb.client.MongoCursor;
import io.godwit.connector.MalformedRow;
import io.godwit.connector.RangeFilter;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.core.job.Connection;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SecretResolver;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.FieldWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A database as a sink. A subtask is a collection that nobody sees; which of them count is what the ledger in the
 * control store says; publishing merges or renames them.
 */
final class MongoSink implements Sink {
    private final Connection connection;
    private final SinkLedgers ledgers;
    private final MongoErrors errors;
    private final MongoSession session;
    private final Schemas schemas;

    MongoSink(Connection connection, MongoOptions options, SecretResolver secrets, SinkLedgers ledgers) {
        this.connection = connection;
        this.ledgers = ledgers;
        this.errors = new MongoErrors(false, connection);
        this.session = new MongoSession(connection, options, secrets, false);
        this.schemas = new Schemas(session, connection, false);
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return errors.during(
                "testing",
                () -> new ConnectionReport(session.product(), (System.nanoTime() - start) / 1_000_000, List.of()));
    }

    /** Collections that have a schema: into others nothing is written. */
    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return errors.during("looking for collections", () -> {
            List<TableDescription> found = new ArrayList<>();
            for (TableName table : tables) {
                Optional<Schema> schema = schemas.find(Names.collection(table));
                schema.ifPresent(known -> found.add(Catalog.description(
                        table, "collection", known.columns(), Catalog.keyOf(known), Statistics.UNKNOWN)));
            }
            return found;
        });
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        return errors.during(
                "previewing step " + question.step(), () -> preparation().prepare(question, true));
    }

    @Override
    public Preparation prepare(PrepareStep question) {
        String doing = "preparing step " + question.step();
        List<String> places = errors.during(doing, () -> places(question));
        return ledgers.prepare(
                question,
                places,
                displaced -> errors.during(doing, () -> {
                    displaced.forEach(step -> session.dropAll(Staging.prefix(step)));
                    return preparation().prepare(question, false);
                }));
    }

    private MongoPreparation preparation() {
        return new MongoPreparation(session, schemas, connection);
    }

    /** The same for every run and every connection that writes there, by whatever host of a replica set. */
    private List<String> places(PrepareStep question) {
        String database = connection.type() + " " + schemas.place() + " " + connection.database() + " ";
        return question.tables().stream()
                .map(table -> database + Names.collection(table.target()))
                .distinct()
                .toList();
    }

    @Override
    public Published publish(PublishStep question) {
        return ledgers.publish(question, publisher());
    }

    private SinkLedgers.Publisher publisher() {
        MongoPublication publication = new MongoPublication(session, schemas);
        return new SinkLedgers.Publisher() {
            @Override
            public Published publish(PublishStep question, SinkLedgers.Units units) {
                return errors.during(doing(question), () -> publication.publish(question, units));
            }

            @Override
            public void look(PublishStep question, SinkLedgers.Units units) {
                errors.run(doing(question), () -> publication.rehearse(question, units));
            }
        };
    }

    private static String doing(PublishStep question) {
        return "publishing step " + question.step();
    }

    @Override
    public Ledger close(CloseStep question) {
        Ledger ledger = ledgers.close(question, publisher());
        if (question.cancelled() && ledger.run() == RunRow.CLOSED) {
            errors.run(
                    "clearing up after step " + question.step(),
                    () -> session.dropAll(Staging.prefix(question.step())));
        }
        return ledger;
    }

    @Override
    public Ledger reopen(CloseStep question) {
        return ledgers.reopen(question);
    }

    @Override
    public Ledger voidUnwritten(VoidSubtasks question) {
        return ledgers.voidUnwritten(question);
    }

    @Override
    public Ledger ledger(StepId step) {
        return ledgers.ledger(step);
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return ledgers.quarantine(question);
    }

    @Override
    public Transaction begin(TablePlan table, Duration most) {
        return new MongoSinkTransaction(session, ledgers, errors, table, most);
    }

    /**
     * The documents of the collection; and under append those that the step has written and will only have to merge.
     */
    @Override
    public void scan(TablePlan table, @Nullable Split split, RowConsumer rows) {
        errors.run("reading back " + table.target().display(), () -> {
            List<String> collections = new ArrayList<>(List.of(Names.collection(table.target())));
            boolean adds = !table.mode().loadsAside() && !table.mode().needsKey();
            if (adds && ledgers.ledger(table.step()).run() != RunRow.PUBLISHED) {
                ledgers.units(table.step()).forEach(unit -> {
                    Unit written = Unit.parse(unit.content());
                    if (unit.row().subtask().table() == table.ordinal() && written.documents() > 0) {
                        collections.add(written.collection());
                    }
                });
            }
            RangeFilter filter = RangeFilter.of(table, split);
            collections.forEach(collection -> scan(collection, table, filter, rows));
        });
    }

    @Override
    public boolean seeksRanges() {
        return false;
    }

    private void scan(String collection, TablePlan table, RangeFilter filter, RowConsumer rows) {
        List<MongoColumn> columns = MongoColumn.of(table);
        List<MongoColumn> all = new ArrayList<>(columns);
        schemas.find(Names.collection(table.target())).ifPresent(schema -> all.addAll(0, schema.columns()));
        DocumentReader reader = new DocumentReader(collection, all, columns, null);
        FieldWriter tuple = new FieldWriter();
        try (MongoCursor<RawBsonDocument> documents =
                session.collection(collection).find().cursor()) {
            while (documents.hasNext()) {
                MalformedRow malformed = reader.read(documents.next(), tuple);
                if (malformed != null) {
                    rows.malformed(malformed);
                } else if (filter.takes(tuple.array(), tuple.length())) {
                    rows.row(tuple.array(), 0, tuple.length());
                }
                tuple.clear();
            }
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
