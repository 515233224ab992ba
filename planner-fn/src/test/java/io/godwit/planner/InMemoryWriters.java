package io.godwit.planner;

import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SourceQuestions.ConnectionQuestion;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.KeyHashes;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.question.SourceQuestions.Tallies;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.run.StepId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/** The sink of an {@link InMemoryWorld}. */
final class InMemoryWriters implements SinkQuestions {
    final Map<Long, String> rows = new HashMap<>();
    int keysAsked;
    private final InMemoryWorld world;
    /** Is told of every change asked for, before it is made; may throw. */
    BiConsumer<String, StepId> onAsk = (question, step) -> {};

    InMemoryWriters(InMemoryWorld world) {
        this.world = world;
    }

    @Override
    public ConnectionReport testSink(ConnectionQuestion question) {
        return new ConnectionReport("memory", 2, List.of("forgets"));
    }

    @Override
    public SinkTables describeSink(DescribeSink question) {
        return new SinkTables(List.of(), List.of());
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
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
        return InMemoryRows.tally(rows, question);
    }

    @Override
    public KeyHashes keysOfSink(KeysOfBucket question) {
        keysAsked++;
        return InMemoryRows.keys(rows, question);
    }

    @Override
    public QuarantinePage quarantineOfSink(QuarantineQuestion question) {
        return new QuarantinePage(List.of());
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
