package io.godwit.planner;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SourceQuestions.ConnectionQuestion;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.KeyHashes;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.question.SourceQuestions.Tallies;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.run.StepId;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/** The sink of an {@link InMemoryWorld}. */
final class InMemoryWriters implements SinkQuestions {
    final Map<Long, String> rows = new HashMap<>();
    /** Where there are any: so many rows that are alike stand for all others. */
    int alike;

    int talliesAsked;
    int keysAsked;

    boolean seeksRanges = true;

    private final InMemoryWorld world;
    /** Is told of every change asked for, before it is made; may throw. */
    BiConsumer<String, StepId> onAsk = (question, step) -> {};

    List<String> notes = List.of();

    /** What is open in its quarantine, in the order of places. */
    final List<RefusedRow> refusedRows = new ArrayList<>();

    /** Whether the targets stand there: each of an id, and an origin that is a text. */
    boolean stand;

    /** The name of a step that the sink does not take. */
    String refused = "";

    InMemoryWriters(InMemoryWorld world) {
        this.world = world;
    }

    @Override
    public ConnectionReport testSink(ConnectionQuestion question) {
        return new ConnectionReport("memory", 2, List.of("forgets"));
    }

    @Override
    public SinkTables describeSink(DescribeSink question) {
        List<TableDescription> found =
                stand ? question.tables().stream().map(InMemoryWriters::table).toList() : List.of();
        return new SinkTables(found, List.of(), notes, seeksRanges ? null : true);
    }

    private static TableDescription table(TableName name) {
        return new TableDescription(
                name,
                "table",
                List.of(
                        new Column("id", LogicalType.Scalar.INT8, "bigint", false, null, false, null, null, null),
                        new Column("origin", LogicalType.Scalar.TEXT, "text", true, null, false, null, null, null)),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        if (question.step().step().equals(refused)) {
            throw new GodwitException(ErrorCode.NOT_SUPPORTED, refused + " cannot be done", "Take it out.");
        }
        return new Preparation(
                List.of("create table " + question.tables().get(0).target()), List.of());
    }

    @Override
    public Preparation prepareSink(PrepareStep question) {
        onAsk.accept("prepare", question.step());
        world.prepare(question.step());
        return previewPreparation(question);
    }

    @Override
    public Published publishSink(PublishStep question) {
        onAsk.accept("publish", question.step());
        world.publish(question.step(), question.subtasks());
        return new Published(List.of(), List.of());
    }

    @Override
    public Ledger closeSink(CloseStep question) {
        onAsk.accept("close", question.step());
        world.close(question.step(), question.unwritten());
        return ledger(question.step());
    }

    @Override
    public Ledger reopenSink(CloseStep question) {
        onAsk.accept("reopen", question.step());
        world.reopen(question.step(), question.unwritten());
        return ledger(question.step());
    }

    @Override
    public Ledger voidInSink(VoidSubtasks question) {
        onAsk.accept("void", question.step());
        world.voidUnwritten(question.step(), question.subtasks());
        return ledger(question.step());
    }

    @Override
    public Ledger ledgerOfSink(LedgerQuestion question) {
        onAsk.accept("ledger", question.step());
        return ledger(question.step());
    }

    @Override
    public Tallies tallySink(TallyRows question) {
        talliesAsked++;
        return alike > 0 ? InMemoryRows.tally(alike, question) : InMemoryRows.tally(rows, question);
    }

    @Override
    public KeyHashes keysOfSink(KeysOfBucket question) {
        keysAsked++;
        return alike > 0 ? InMemoryRows.keys(alike, question) : InMemoryRows.keys(rows, question);
    }

    @Override
    public QuarantinePage quarantineOfSink(QuarantineQuestion question) {
        return new QuarantinePage(refusedRows.stream()
                .filter(row -> row.place().subtask().step().equals(question.step()))
                .filter(row -> question.after() == null || isAfter(row.place(), question.after()))
                .toList());
    }

    private static boolean isAfter(QuarantinePlace place, QuarantinePlace after) {
        int bySubtask = place.subtask().value().compareTo(after.subtask().value());
        return bySubtask > 0 || (bySubtask == 0 && place.id() > after.id());
    }

    private Ledger ledger(StepId step) {
        return new Ledger(
                world.rowOf(step),
                world.ledgerOf(step).stream()
                        .map(row -> new LedgerEntry(
                                row.subtask(), Objects.requireNonNull(row.attempt()), row.written(), row.quarantined()))
                        .toList());
    }
}
