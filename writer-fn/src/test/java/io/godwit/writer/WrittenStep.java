package io.godwit.writer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.job.Connection;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.BatchPublisher;
import io.godwit.core.port.BatchReader;
import io.godwit.core.port.DocumentStore;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.LedgerEntry;
import io.godwit.core.question.SinkQuestions.LedgerQuestion;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.row.BatchEncoder;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.WireColumn;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.platform.kit.TestServers;
import io.godwit.platform.store.JdbcSinkLedgers;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A prepared step with one table {@code (id int8 primary key, name text)}, and a reader of it that sends what it is
 * told.
 */
final class WrittenStep {
    private static final AtomicInteger RUNS = new AtomicInteger();

    /** Small batches, so that few rows make many. */
    private static final int BATCH_BYTES = 64;

    private final Connection sink = TestServers.connection("target");
    private final String table = "t" + RUNS.incrementAndGet();
    private final Sinks sinks = new Sinks(
            Connectors.load(),
            Means.of(reference -> TestServers.postgres().password()),
            new JdbcSinkLedgers(new PGSimpleDataSource())); // not used: its sink has transactions
    private final TablePlan plan;

    WrittenStep() {
        this(RunId.of("writer", Instant.ofEpochSecond(1_700_000_000L + RUNS.incrementAndGet())), "copy", List.of());
    }

    private WrittenStep(RunId run, String name, List<String> readWith) {
        this.plan = plan(run, name, readWith);
        answers().prepareSink(new PrepareStep(plan.step(), List.of(plan), List.of()));
    }

    /** Another step of its run, which gets the same rows from one reading. */
    WrittenStep readTogether() {
        return new WrittenStep(plan.step().run(), "copy.2", List.of("copy"));
    }

    /** What a planner sends for rows that were read under another step's subtask. */
    SubtaskWrite readAs(SubtaskWrite other) {
        SubtaskId own = subtask(other.subtask().split());
        return new SubtaskWrite(
                own, plan.id(), "default", other.attempt(), other.range(), other.read(), 1, other.subtask());
    }

    SinkAnswers answers() {
        return new SinkAnswers(sinks);
    }

    SubtaskWriter writer() {
        return writer(TestServers.exchange().reader(), Probe.NONE);
    }

    SubtaskWriter writer(BatchReader exchange, Probe probe) {
        return new SubtaskWriter(documents(), sinks, exchange, probe, Meters.NONE, Duration.ofMinutes(1));
    }

    TablePlan tablePlan() {
        return plan;
    }

    SubtaskId subtask(int split) {
        return SubtaskId.of(plan.step(), 0, split);
    }

    /** Reads rows {@code (id, "row " + id)} under a fresh attempt, and says what a planner then sends to a writer. */
    SubtaskWrite read(int split, long... ids) {
        return read(split, UnaryOperator.identity(), ids);
    }

    /** The same, each batch being changed after it was counted. */
    SubtaskWrite read(int split, UnaryOperator<Batch> change, long... ids) {
        AttemptId attempt = AttemptId.fresh();
        Lane lane = new Lane(TestServers.TOPIC, split % 4);
        try (BatchPublisher.Stream stream = TestServers.exchange().publisher().open(lane)) {
            BatchEncoder encoder = new BatchEncoder(
                    subtask(split),
                    attempt,
                    WireColumn.of(plan.columns()),
                    BATCH_BYTES,
                    batch -> stream.send(change.apply(batch)));
            for (long id : ids) {
                byte[] tuple = tuple(id);
                encoder.row(tuple, 0, tuple.length);
            }
            Tally tally = encoder.finish();
            return event(split, attempt, stream.complete(), tally);
        }
    }

    SubtaskWrite event(int split, AttemptId attempt, BatchRange range, Tally read) {
        return new SubtaskWrite(subtask(split), plan.id(), "default", attempt, range, read, 1);
    }

    void cancel(SubtaskId... unwritten) {
        answers().closeSink(new CloseStep(plan.step(), sink, true, List.of(unwritten)));
    }

    void fail(SubtaskId... unwritten) {
        answers().closeSink(new CloseStep(plan.step(), sink, false, List.of(unwritten)));
    }

    void reopen(SubtaskId... voided) {
        answers().reopenSink(new CloseStep(plan.step(), sink, false, List.of(voided)));
    }

    void publish(int subtasks) {
        List<SubtaskId> first =
                IntStream.range(0, subtasks).mapToObj(this::subtask).toList();
        answers().publishSink(new PublishStep(plan.step(), List.of(plan), List.of(), SubtaskSet.of(first)));
    }

    List<LedgerEntry> ledger() {
        return answers().ledgerOfSink(new LedgerQuestion(plan.step(), sink)).written();
    }

    /** As a table that stood before has it; one that is created gets it when it is published. */
    void giveTargetItsKey() {
        try (java.sql.Connection session = TestServers.postgres().connect("target");
                Statement statement = session.createStatement()) {
            statement.execute("alter table " + table + " add primary key (id)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ids in the target, sorted. */
    List<Long> target() {
        try (java.sql.Connection session = TestServers.postgres().connect("target");
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("select id from " + table + " order by id")) {
            List<Long> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] tuple(long id) {
        return TupleBuilder.tuple(
                Arrays.asList(ByteBuffer.allocate(8).putLong(id).array(), ("row " + id).getBytes(UTF_8)));
    }

    private DocumentStore documents() {
        return new DocumentStore() {
            @Override
            public <T> Optional<T> find(String id, Class<T> form) {
                return id.equals(plan.id()) ? Optional.of(form.cast(plan)) : Optional.empty();
            }
        };
    }

    private TablePlan plan(RunId run, String name, List<String> readWith) {
        return TablePlan.builder(StepId.of(run, name), 0)
                .source(sink, source())
                .sink(sink, new TableName(null, "public", table))
                .columns(List.of(column("id", Scalar.INT8), column("name", Scalar.TEXT)))
                .maxRowBytes(1 << 20)
                .readWith(readWith)
                .build();
    }

    private static TableDescription source() {
        return new TableDescription(
                new TableName("shop", "public", "orders"),
                "table",
                List.of(described("id", Scalar.INT8, false), described("name", Scalar.TEXT, true)),
                new Key("orders_pkey", List.of("id")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
    }

    private static Column described(String name, LogicalType type, boolean nullable) {
        return new Column(name, type, type.notation(), nullable, null, false, null, null, null);
    }

    private static ColumnPlan column(String name, LogicalType type) {
        return new ColumnPlan(name, new SourceColumn(name, type), type, type.notation());
    }
}
