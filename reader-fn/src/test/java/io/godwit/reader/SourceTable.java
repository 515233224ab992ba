package io.godwit.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.exchange.Lane;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate.Quarantine;
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
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.TupleFields;
import io.godwit.core.row.TupleRun;
import io.godwit.core.row.WireColumn;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.platform.kit.TestServers;
import io.godwit.platform.store.JdbcSinkLedgers;
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
import org.postgresql.ds.PGSimpleDataSource;

/** A table {@code (id int4 primary key, name text)} with rows {@code (id, "row " + id)}, and a plan that reads it. */
final class SourceTable {
    static final Origin.SourceColumn ID = new Origin.SourceColumn("id", Scalar.INT4);
    static final Origin.SourceColumn NAME = new Origin.SourceColumn("name", Scalar.TEXT);

    private static final AtomicInteger TABLES = new AtomicInteger();

    private final Connection connection;
    private final String name;
    private final Sources sources;
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
        this.connection = TestServers.connection("source");
        this.name = "s" + TABLES.incrementAndGet();
        this.sources = new Sources(
                Connectors.load(),
                Means.of(reference -> TestServers.postgres().password()),
                new JdbcSinkLedgers(new PGSimpleDataSource())); // not used: its sink has transactions
        sql("create table " + this.name + " as select i as id, 'row ' || i as name from generate_series(1, " + rows
                + ") i");
        sql("alter table " + this.name + " add primary key (id)");
        this.plan = plan(description(), idType, name, filter);
    }

    SourceTable(int rows) {
        this(rows, Scalar.INT4);
    }

    private SourceTable(SourceTable table, TablePlan plan) {
        this.connection = table.connection;
        this.name = table.name;
        this.sources = table.sources;
        this.plan = plan;
    }

    /** The same, whose plan bears refused rows. */
    SourceTable bearing(Quarantine quarantine) {
        return new SourceTable(this, plan.toBuilder().quarantine(quarantine).build());
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
        TupleRun tuples = (bytes, offset, length, count) -> {
            int at = offset;
            for (int row = 0; row < count; row++) {
                at = fields.of(bytes, at, offset + length);
                rows.add(text(fields));
            }
        };
        BatchDecoder decoder = new BatchDecoder(
                WireColumn.of(plan.columns()),
                plan.maxRowBytes(),
                tuples,
                refusal -> rows.add(
                        refusal.code() + " " + refusal.place() + " " + refusal.form() + " " + source(refusal)));
        TestServers.exchange().reader().read(ready.range(), ready.attempt(), decoder::accept);
        Tally tally = decoder.finish();
        if (!tally.provesEqual(ready.read())) {
            throw new IllegalStateException(tally + " is not " + ready.read());
        }
        return rows;
    }

    private static String source(ReaderRefusal refusal) {
        if (refusal.form() != RowForm.SOURCE) {
            return "";
        }
        TupleFields fields = new TupleFields(2);
        fields.of(refusal.row(), 0, refusal.row().length);
        return text(fields);
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
        return TablePlan.builder(StepId.of(run, "copy"), 0)
                .source(connection, table)
                .sink(connection, new TableName(null, "public", "target"))
                .columns(List.of(
                        new ColumnPlan("id", ID, idType, idType.notation()),
                        new ColumnPlan("name", name, Scalar.TEXT, "text")))
                .maxRowBytes(1 << 20)
                .filter(filter)
                .build();
    }
}
