package io.godwit.connector.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Sink;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.table.Column;
import io.godwit.core.table.Index;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType.Scalar;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The indexes of a created table, in a database whose indexes have names of their own in a schema. */
class DialectSinkIndexesTest {
    private static final Connection CONNECTION = PlainServer.connection("dialect_indexes");

    private static TableDescription source() {
        return new TableDescription(
                new TableName("kit", "kit", "source"),
                "table",
                Stream.of("id", "a", "b")
                        .map(name -> new Column(name, Scalar.INT8, "int8", false, null, false, null, null, null))
                        .toList(),
                new Key("source_pkey", List.of("id")),
                List.of(),
                List.of(
                        new Index("by_a", false, "btree", List.of("a"), null),
                        new Index("by_ab", true, "btree", List.of("a", "b"), null),
                        new Index("by_id", true, "btree", List.of("id"), null)),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
    }

    private static TablePlan plan(WriteMode mode, TableName target) {
        RunId run = RunId.of("kit", Instant.ofEpochSecond(1_700_000_000L + target.hashCode()));
        return TablePlan.builder(StepId.of(run, "copy"), 0)
                .source(CONNECTION, source())
                .sink(CONNECTION, target)
                .mode(mode)
                .key(List.of())
                .columns(source().columns().stream()
                        .map(column -> new ColumnPlan(
                                column.name(),
                                new SourceColumn(column.name(), column.type()),
                                column.type(),
                                column.nativeType()))
                        .toList())
                .maxRowBytes(1 << 20)
                .build();
    }

    /** The first two names are taken, by another table's and by the other way of the same test. */
    @ParameterizedTest
    @CsvSource({
        "APPEND, true",
        "APPEND, false",
        "OVERWRITE, true",
        "OVERWRITE, false",
        "SWAP, true",
        "SWAP, false",
    })
    void createdTableGetsThemUnderNamesThatAreFree(WriteMode mode, boolean definesInTransactions) throws SQLException {
        PlainServer.run(
                CONNECTION.database(),
                "CREATE TABLE IF NOT EXISTS kit.other (a int)",
                "CREATE INDEX IF NOT EXISTS by_a ON kit.other (a)");
        TableName target = new TableName(null, "kit", "t" + mode + definesInTransactions);
        TablePlan plan = plan(mode, target);
        try (Sink sink = new PlainServer.Target(CONNECTION, definesInTransactions).open()) {
            sink.prepare(new PrepareStep(plan.step(), List.of(plan), List.of()));
            sink.publish(new PublishStep(plan.step(), List.of(plan), List.of(), SubtaskSet.EMPTY));

            assertThat(sink.describe(List.of(target)).get(0).indexes())
                    .extracting(index -> index.columns() + " " + index.unique())
                    .containsExactlyInAnyOrder("[a] false", "[a, b] true");
        }
    }
}
