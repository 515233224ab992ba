package io.godwit.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.exchange.Lane;
import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Formula;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.BatchPublisher;
import io.godwit.core.port.DocumentStore;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.question.SourceQuestions.DescribeSource;
import io.godwit.core.row.BatchDecoder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.row.WireColumn;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.platform.kit.TestServers;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A table {@code (id int4 primary key, name text)} with rows {@code (id, "row " + id)}, and a plan that reads it. */
final class SourceTable {
    static final Origin.SourceColumn ID = new Origin.SourceColumn("id", Scalar.INT4);
    static final Origin.SourceColumn NAME = new Origin.SourceColumn("name", Scalar.TEXT);

    private static final AtomicInteger TABLES = new AtomicInteger();

    private final Connection connection = TestServers.connection("source");
    private final String name = "s" + TABLES.incrementAndGet();
    private final Sources sources = new Sources(
            Connectors.load(), Means.of(reference -> TestServers.postgres().password()));
    private final TablePlan plan;

    /** @param idType what the target takes for the id */
    SourceTable(int rows, LogicalType idType) {
        this(rows, idType, NAME, null);
    }

    /** @param name what becomes of the name */
    SourceTable(int rows, Origin name, @Nullable Formula filter) {
        this(rows, Scalar.INT4, name, filter);
    }

    private SourceTable(int rows, LogicalType idType, Origin name, @Nullable Formula filter) {
        sql("create table " + this.name + " as select i as id, 'row ' || i as name from generate_series(1, " + rows
                + ") i");
        sql("alter table " + this.name + " add primary key (id)");
        this.plan = plan(description(), idType, name, filter);
    }

    SourceTable(int rows) {
        this(rows, Scalar.INT4);
    }

    String name() {
        return name;
    }

    Connection connection() {
        return connection;
    }

    Sources sources() {
        return sources;
    }

    TablePlan tablePlan() {
        return plan;
    }

    SourceAnswers answers() {
        return new SourceAnswers(sources, new Snapshots(sources, Duration.ofMinutes(1), 2));
    }

    SplitReader reader() {
        return reader(TestServers.exchange().publisher(), Probe.NONE);
    }

    SplitReader reader(BatchPublisher exchange, Probe probe) {
        return new SplitReader(
                documents(), sources, exchange, new RateLimits(1), probe, Meters.NONE, Duration.ofMinutes(1));
    }

    SubtaskRead event(Split split) {
        return new SubtaskRead(
                SubtaskId.of(plan.step(), 0, 0), plan.id(), "default", split, new Lane(TestServers.TOPIC, 0), 1);
    }

    void sql(String statement) {
        try (java.sql.Connection session = TestServers.postgres().connect("source");
                Statement sql = session.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a writer finds in the exchange: {@code id=name} of each row, the id being an int4. */
    List<String> announced(RowsReady ready) {
        List<String> rows = new ArrayList<>();
        TupleFields fields = new TupleFields(2);
        BatchDecoder decoder =
                new BatchDecoder(WireColumn.of(plan.columns()), plan.maxRowBytes(), (bytes, offset, length, count) -> {
                    int at = offset;
                    for (int row = 0; row < count; row++) {
                        at = fields.of(bytes, at, offset + length);
                        rows.add(text(fields));
                    }
                });
        TestServers.exchange().reader().read(ready.range(), ready.attempt(), decoder::accept);
        Tally tally = decoder.finish();
        if (!tally.provesEqual(ready.read())) {
            throw new IllegalStateException(tally + " is not " + ready.read());
        }
        return rows;
    }

    private static String text(TupleFields fields) {
        ByteBuffer id = ByteBuffer.wrap(fields.copy(0));
        return (id.remaining() == 8 ? id.getLong() : id.getInt()) + "=" + new String(fields.copy(1), UTF_8);
    }

    private TableDescription description() {
        return new TableSearch(sources, new DescribeSource(connection, List.of(), List.of("public." + name), List.of()))
                .found()
                .get(0);
    }

    private DocumentStore documents() {
        return new DocumentStore() {
            @Override
            public <T> Optional<T> find(String id, Class<T> form) {
                return id.equals(plan.id()) ? Optional.of(form.cast(plan)) : Optional.empty();
            }
        };
    }

    private TablePlan plan(TableDescription table, LogicalType idType, Origin name, @Nullable Formula filter) {
        RunId run = RunId.of("reader", Instant.ofEpochSecond(1_700_000_000L + TABLES.incrementAndGet()));
        return new TablePlan(
                StepId.of(run, "copy"),
                0,
                connection,
                table,
                null,
                null,
                connection,
                new TableName(null, "public", "target"),
                false,
                WriteMode.APPEND,
                CreateMode.IF_MISSING,
                List.of(),
                List.of(
                        new ColumnPlan("id", ID, idType, idType.notation()),
                        new ColumnPlan("name", name, Scalar.TEXT, "text")),
                null,
                1 << 20,
                filter);
    }
}
