package io.godwit.writer;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SourceQuestions.ConnectionQuestion;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.KeyHashes;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.question.SourceQuestions.Tallies;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.row.BucketKeys;
import io.godwit.core.row.BucketTally;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Answers questions about sinks, each in a session of its own. Safe for many threads. */
public final class SinkAnswers implements SinkQuestions {
    private final Sinks sinks;

    public SinkAnswers(Sinks sinks) {
        this.sinks = sinks;
    }

    @Override
    public ConnectionReport testSink(ConnectionQuestion question) {
        return ask(question.connection(), Sink::test);
    }

    @Override
    public SinkTables describeSink(DescribeSink question) {
        return ask(question.connection(), sink -> {
            List<TableDescription> tables = sink.describe(question.tables());
            Set<LogicalType> types = new LinkedHashSet<>(question.types());
            tables.forEach(table -> table.columns().forEach(column -> types.add(column.type())));
            return new SinkTables(
                    tables,
                    sinks.targetTypes(question.connection(), types),
                    sinks.notesOn(question.connection()),
                    sink.seeksRanges() ? null : true);
        });
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        return ask(sinkOf(question.tables()), sink -> sink.previewPreparation(question));
    }

    @Override
    public Preparation prepareSink(PrepareStep question) {
        return ask(sinkOf(question.tables()), sink -> sink.prepare(question));
    }

    @Override
    public Published publishSink(PublishStep question) {
        return ask(sinkOf(question.tables()), sink -> sink.publish(question));
    }

    @Override
    public Ledger closeSink(CloseStep question) {
        return ask(question.connection(), sink -> sink.close(question));
    }

    @Override
    public Ledger reopenSink(CloseStep question) {
        return ask(question.connection(), sink -> sink.reopen(question));
    }

    @Override
    public Ledger voidInSink(VoidSubtasks question) {
        return ask(question.connection(), sink -> sink.voidUnwritten(question));
    }

    @Override
    public Ledger ledgerOfSink(LedgerQuestion question) {
        return ask(question.connection(), sink -> sink.ledger(question.step()));
    }

    @Override
    public Tallies tallySink(TallyRows question) {
        BucketTally tally = new BucketTally(question.table(), question.buckets());
        return ask(question.table().sink(), sink -> {
            sink.scan(question.table(), question.split(), tally::row);
            return new Tallies(tally.tallies());
        });
    }

    @Override
    public KeyHashes keysOfSink(KeysOfBucket question) {
        BucketKeys keys = new BucketKeys(question);
        return ask(question.table().sink(), sink -> {
            sink.scan(question.table(), question.split(), keys::row);
            return new KeyHashes(keys.keys());
        });
    }

    @Override
    public QuarantinePage quarantineOfSink(QuarantineQuestion question) {
        return ask(question.connection(), sink -> sink.quarantine(question));
    }

    private <T> T ask(Connection connection, Function<Sink, T> question) {
        try (Sink sink = sinks.open(connection)) {
            return question.apply(sink);
        }
    }

    /** The one sink connection of a step. */
    private static Connection sinkOf(List<TablePlan> tables) {
        List<Connection> connections =
                tables.stream().map(TablePlan::sink).distinct().toList();
        if (connections.size() != 1) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED,
                    "a step's tables go into one sink connection, not " + connections.size(),
                    "Ask for each connection by itself.");
        }
        return connections.get(0);
    }
}
