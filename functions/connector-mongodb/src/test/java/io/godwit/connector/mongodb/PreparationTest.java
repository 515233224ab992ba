package io.godwit.connector.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.row.RowHash;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is written, and documents whose {@code _id} comes with them. */
class PreparationTest {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Collections collections = new Collections(Map.of());
    private final Sink sink = Collections.sink(collections.connection());

    @AfterEach
    void close() {
        sink.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "$a", "", "a\0b"})
    void fieldsThatOperatorsWouldMisreadAreRefused(String column) {
        assertThat(refusal(plan("orders", WriteMode.APPEND, List.of(), column))).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$orders", "system.views", "_godwit.schema", "orders."})
    void collectionsThatAreNotForTablesAreRefused(String name) {
        assertThat(refusal(plan(name, WriteMode.APPEND, List.of(), "id"))).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void collectionOfOthersIsRefused() {
        collections.insert("theirs", "{_id: 1}");

        assertThat(refusal(plan("theirs", WriteMode.SWAP, List.of(), "id"))).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void uniqueIndexIsRefused() {
        TablePlan plan = plan("unique", WriteMode.APPEND, List.of(), "id");
        write(plan, SubtaskId.of(plan.step(), 0, 0), 1);
        publish(plan, 1);
        MongoTestServer.database(collections.connection().database())
                .getCollection("unique")
                .createIndex(new Document("id", 1), new com.mongodb.client.model.IndexOptions().unique(true));

        assertThat(refusal(plan("unique", WriteMode.APPEND, List.of(), "id"))).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    /** Each may refuse a document, when there is no way back. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{id: '2dsphere'}",
                "{id: '2d'}",
                "{id: 'hashed'}",
                "{id: 'text'}",
                "{id: 1, tags: 1, 'lines.sku': -1}",
                "{tags: 1, unknown: 1}"
            })
    void indexThatDoesNotTakeEveryDocumentIsRefused(String key) {
        assertThat(Indexes.refusal(index(key), NESTED)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{id: 1}", "{id: -1.0, tags: {$numberLong: '1'}}", "{'lines.sku': 1, id: 1, _id: 1}"})
    void indexOfValuesInTheirOrderIsNot(String key) {
        assertThat(Indexes.refusal(index(key), NESTED)).isEmpty();
    }

    private static final List<MongoColumn> NESTED = List.of(
            new MongoColumn("id", LogicalType.parse("int8"), Form.LONG),
            new MongoColumn("tags", LogicalType.parse("json"), Form.ARRAY),
            new MongoColumn("lines", LogicalType.parse("json"), Form.ANY));

    private static BsonDocument index(String key) {
        return BsonDocument.parse("{v: 2, name: 'any', key: " + key + "}");
    }

    /** As by two hosts of one replica set. */
    @Test
    void databaseIsOnePlaceByWhateverHostItIsReached() {
        TablePlan failed = plan("place", WriteMode.APPEND, List.of(), "id");
        TablePlan next = plan("place", WriteMode.APPEND, List.of(), "id");
        CloseStep close = new CloseStep(failed.step(), failed.sink(), false, List.of());
        sink.prepare(new PrepareStep(failed.step(), List.of(failed), List.of()));
        sink.close(close);

        try (Sink other = Collections.sink(collections.at("localhost"))) {
            other.prepare(new PrepareStep(next.step(), List.of(next), List.of()));
        }

        assertThat(catchThrowableOfType(GodwitException.class, () -> sink.reopen(close))
                        .code())
                .isEqualTo(ErrorCode.RUN_CLOSED);
    }

    @Test
    void appendTakesNoIdOfTheRows() {
        assertThat(refusal(plan("ids", WriteMode.APPEND, List.of(), "_id"))).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void rowsMeetOnlyWhereTheIdIsMadeOfTheirKey() {
        TablePlan plan = plan("plain", WriteMode.APPEND, List.of(), "id");
        write(plan, SubtaskId.of(plan.step(), 0, 0), 1);
        publish(plan, 1);

        assertThat(refusal(plan("plain", WriteMode.UPSERT, List.of("id"), "id")))
                .isEqualTo(ErrorCode.KEY_REQUIRED);
    }

    @Test
    void idsOfTheRowsStayAndIndexesToo() {
        TablePlan first = plan("swapped", WriteMode.SWAP, List.of(), "_id");
        write(first, SubtaskId.of(first.step(), 0, 0), 1, 2);
        publish(first, 1);
        MongoTestServer.database(collections.connection().database())
                .getCollection("swapped")
                .createIndex(new Document("name", 1));
        TablePlan second = plan("swapped", WriteMode.SWAP, List.of(), "_id");
        write(second, SubtaskId.of(second.step(), 0, 0), 3);

        publish(second, 1);

        var swapped = MongoTestServer.database(collections.connection().database())
                .getCollection("swapped", BsonDocument.class);
        assertThat(swapped.find().into(new java.util.ArrayList<>()))
                .containsExactly(BsonDocument.parse("{_id: {$numberLong: '3'}}"));
        assertThat(swapped.listIndexes().into(new java.util.ArrayList<>())).hasSize(2);
    }

    /** While there is still a way back: nobody saw anything. */
    @Test
    void idThatTwoSubtasksHaveIsRefusedBeforeAnythingIsPublished() {
        TablePlan plan = plan("twice", WriteMode.SWAP, List.of(), "_id");
        write(plan, SubtaskId.of(plan.step(), 0, 0), 1, 2);
        write(plan, SubtaskId.of(plan.step(), 0, 1), 2, 3);

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> publish(plan, 2));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(sink.close(new CloseStep(plan.step(), plan.sink(), true, List.of()))
                        .run())
                .isEqualTo(RunRow.CLOSED);
        assertThat(collections.names()).containsExactlyInAnyOrder("empty", "twice", Schemas.COLLECTION);
    }

    @Test
    void idThatOneSubtaskHasTwiceIsRefused() {
        TablePlan plan = plan("once", WriteMode.SWAP, List.of(), "_id");

        GodwitException thrown =
                catchThrowableOfType(GodwitException.class, () -> write(plan, SubtaskId.of(plan.step(), 0, 0), 1, 1));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("once").hasMessageContaining("\"1\"");
        assertThat(collections.names()).noneMatch(name -> name.startsWith(Staging.prefix(plan.step())));
    }

    @Test
    void rowOfMoreThanADocumentHoldsIsRefusedWithItsKey() {
        MongoColumn id = new MongoColumn("id", LogicalType.parse("int8"), Form.LONG);
        MongoColumn text = new MongoColumn("text", LogicalType.parse("text"), Form.STRING);
        DocumentWriter writer =
                new DocumentWriter(List.of(id, text), Identity.of(List.of(id, text), List.of("id")), "");
        byte[] tuple = TupleBuilder.tuple(List.of(int8(4711), new byte[16 << 20]));
        var fields = new io.godwit.core.row.TupleFields(2);
        fields.of(tuple, 0, tuple.length);

        assertThat(catchThrowableOfType(
                        io.godwit.core.type.codec.InvalidValueException.class, () -> writer.document(fields, 0)))
                .hasMessageContaining("16 MB");
        assertThat(writer.key(fields, 0)).isEqualTo("(id)=(4711)");
    }

    @Test
    void rowWhoseKeyIsNullIsSetAside() {
        TablePlan plan = plan("keyed", WriteMode.UPSERT, List.of("id"), "id", new Quarantine(1L, null));
        SubtaskId subtask = SubtaskId.of(plan.step(), 0, 0);
        byte[] tuples = {0, 1, -1, -1, -1, -1, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 7};
        int first = 6;
        Tally all = tally(tuples, 0, first).plus(tally(tuples, first, tuples.length - first));
        sink.prepare(new PrepareStep(plan.step(), List.of(plan), List.of()));
        Tally refused;
        try (Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1))) {
            transaction.lockRun();
            transaction.claim(new LedgerRow(subtask, AttemptId.fresh(), all, Tally.ZERO));
            transaction.write(tuples, 0, tuples.length, 2);
            refused = transaction.finish();
            transaction.commit();
        }
        publish(plan, 1);

        assertThat(refused).isEqualTo(tally(tuples, 0, first));
        assertThat(sink.quarantine(new QuarantineQuestion(plan.step(), plan.sink(), null, 10))
                        .rows())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.key()).isEqualTo("(id)=(NULL)");
                    assertThat(row.row()).isEqualTo(java.util.Arrays.copyOf(tuples, first));
                });
        assertThat(MongoTestServer.database(collections.connection().database())
                        .getCollection("keyed", BsonDocument.class)
                        .find()
                        .into(new java.util.ArrayList<>()))
                .containsExactly(BsonDocument.parse("{_id: {$numberLong: '7'}, id: {$numberLong: '7'}}"));
    }

    private static Tally tally(byte[] tuples, int offset, int length) {
        return new Tally(1, length, new Digest(RowHash.of(tuples, offset, length)));
    }

    private ErrorCode refusal(TablePlan plan) {
        return catchThrowableOfType(
                        GodwitException.class,
                        () -> sink.previewPreparation(new PrepareStep(plan.step(), List.of(plan), List.of())))
                .code();
    }

    private void publish(TablePlan plan, int subtasks) {
        SubtaskSet all = SubtaskSet.EMPTY;
        for (int i = 0; i < subtasks; i++) {
            all = all.plus(SubtaskId.of(plan.step(), 0, i));
        }
        sink.publish(new PublishStep(plan.step(), List.of(plan), List.of(), all));
    }

    private void write(TablePlan plan, SubtaskId subtask, long... ids) {
        sink.prepare(new PrepareStep(plan.step(), List.of(plan), List.of()));
        Tally tally = Tally.ZERO;
        try (Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1))) {
            for (long id : ids) {
                byte[] tuple = TupleBuilder.tuple(List.of(int8(id)));
                tally = tally.plus(new Tally(1, tuple.length, new Digest(RowHash.of(tuple, 0, tuple.length))));
            }
            transaction.lockRun();
            transaction.claim(new LedgerRow(subtask, AttemptId.fresh(), tally, Tally.ZERO));
            for (long id : ids) {
                byte[] tuple = TupleBuilder.tuple(List.of(int8(id)));
                transaction.write(tuple, 0, tuple.length, 1);
            }
            transaction.finish();
            transaction.commit();
        }
    }

    private static byte[] int8(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private TablePlan plan(String target, WriteMode mode, List<String> key, String column) {
        return plan(target, mode, key, column, null);
    }

    private TablePlan plan(
            String target, WriteMode mode, List<String> key, String column, @Nullable Quarantine quarantine) {
        LogicalType type = LogicalType.parse("int8");
        StepId step =
                StepId.of(RunId.of("prepared", Instant.ofEpochSecond(1_800_000_000L + RUNS.incrementAndGet())), "copy");
        return TablePlan.builder(step, 0)
                .source(
                        collections.connection(),
                        new TableDescription(
                                new TableName(null, null, "source"),
                                "table",
                                List.of(),
                                null,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                -1,
                                -1))
                .sink(collections.connection(), new TableName(null, null, target))
                .mode(mode)
                .key(key)
                .columns(List.of(new ColumnPlan(column, new SourceColumn("id", type), type, "long")))
                .quarantine(quarantine)
                .maxRowBytes(1 << 20)
                .build();
    }
}
