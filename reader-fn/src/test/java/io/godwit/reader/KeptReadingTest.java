package io.godwit.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.connector.RowConsumer;
import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.DocumentStore;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType.Scalar;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptReadingTest {
    private static final Connection INDEX = new Connection(
            "index", "opensearch", "localhost", 9200, "db", null, null, Map.of(), Connection.Limits.NONE, List.of());

    /** An index can be written, not read; what it refused lies in the control store. */
    @Test
    void rowsThatATargetRefusedAreReadThoughTheTargetCannotBe() {
        TablePlan then = plan("first", new Origin.SourceColumn("id", Scalar.INT4));
        Origin.SourceColumn stored = new Origin.SourceColumn(KeptRows.stored("id"), Scalar.INT4);
        TablePlan replay = plan("replay", stored);
        replay = replay.replaying(0, INDEX, replay.columns(), null, 1);
        SubtaskId refused = SubtaskId.of(then.step(), 0, 0);
        SubtaskId subtask = SubtaskId.of(replay.step(), 0, 0);
        Map<String, Object> documents =
                Map.of(then.id(), then, KeptRows.id(subtask), new KeptRows(refused, List.of(1L)));
        TupleBuilder tuple = new TupleBuilder().begin(1);
        tuple.field(new byte[] {0, 0, 0, 7});
        RefusedRow row =
                new RefusedRow(new QuarantinePlace(refused, 1), "7", "400", "mapping", Instant.EPOCH, tuple.bytes());
        SinkLedgers ledgers = (SinkLedgers) Proxy.newProxyInstance(
                SinkLedgers.class.getClassLoader(),
                new Class<?>[] {SinkLedgers.class},
                (proxy, method, arguments) -> new QuarantinePage(List.of(row)));
        Sources sources = new Sources(Connectors.load(), Means.of(reference -> ""), ledgers);
        List<Integer> lengths = new ArrayList<>();
        RowConsumer rows = (bytes, offset, length) -> lengths.add(length);

        try (KeptReading reading = new KeptReading(replay, subtask, of(documents), sources)) {
            reading.read(
                    new MappedRead(replay, sources.secrets()).request(new Split.Whole(null), Duration.ofMinutes(1)),
                    rows,
                    kept -> {});
        }

        assertThat(lengths).hasSize(1);
    }

    private static DocumentStore of(Map<String, Object> documents) {
        return new DocumentStore() {
            @Override
            public <T> Optional<T> find(String id, Class<T> form) {
                return Optional.ofNullable(documents.get(id)).map(form::cast);
            }
        };
    }

    private static TablePlan plan(String job, Origin id) {
        TableName name = new TableName("db", "public", "orders");
        return TablePlan.builder(StepId.of(RunId.of(job, Instant.EPOCH), "copy"), 0)
                .source(
                        INDEX,
                        new TableDescription(
                                name, "table", List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(),
                                null, -1, -1))
                .sink(INDEX, name)
                .targetExists(true)
                .create(CreateMode.NEVER)
                .columns(List.of(new ColumnPlan("id", id, Scalar.INT4, "int4")))
                .maxRowBytes(1 << 20)
                .build();
    }
}
