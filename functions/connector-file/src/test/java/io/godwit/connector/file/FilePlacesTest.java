package io.godwit.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.store.DiskStore;
import io.godwit.connector.file.store.FileStore;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table's folder is one place, however connections spell the way to it. */
class FilePlacesTest {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Path home = new Folder(Map.of()).path();

    @ParameterizedTest
    @CsvSource({"exports/sales,,orders", "./exports,sales,orders", "link,sales,orders", "link/sales/,,orders"})
    void stepsThatReachOneFolderByTwoConnectionsPublishOneAfterTheOther(String database, String schema, String table)
            throws IOException {
        Files.createDirectories(home.resolve("exports/sales"));
        Files.createSymbolicLink(home.resolve("link"), Path.of("exports"));
        TablePlan first = plan("exports", new TableName(null, "sales", "orders"));
        TablePlan second = plan(database, new TableName(null, schema, table));
        write(first);
        write(second);
        try (Sink breaking = sink(first, 6)) {
            assertThat(codeOf(() -> publish(first, breaking))).isEqualTo(ErrorCode.SINK_INTERRUPTED);
        }

        try (Sink sink = sink(second, Integer.MAX_VALUE)) {
            assertThat(codeOf(() -> publish(second, sink))).isEqualTo(ErrorCode.SINK_INTERRUPTED);
        }
        try (Sink sink = sink(first, Integer.MAX_VALUE)) {
            publish(first, sink);
        }
        try (Sink sink = sink(second, Integer.MAX_VALUE)) {
            publish(second, sink);
        }

        Path manifest = home.resolve("exports/sales/orders").resolve(Manifest.NAME);
        assertThat(Manifest.read(Files.readAllBytes(manifest)).files())
                .extracting(part -> part.path().replaceFirst("-copy-.*", ""))
                .containsExactly(
                        first.step().run().toString(), second.step().run().toString());
    }

    @Test
    void foldersThatAreNotOneHaveTwoPlaces() throws IOException {
        try (FileStore store = new DiskStore(home);
                FileStore below = new DiskStore(Files.createDirectory(home.resolve("a")))) {
            assertThat(store.place("a/b")).isEqualTo(below.place("b")).isNotEqualTo(store.place("b"));
        }
    }

    private static ErrorCode codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        return catchThrowableOfType(GodwitException.class, work).code();
    }

    /** Whose store fails from the operation of that number on. */
    private Sink sink(TablePlan plan, int breaking) {
        FileConnector connector = new FileConnector() {
            @Override
            protected FileStore store(Connection connection, Means means) {
                return FileBrokenPublishing.breaking(super.store(connection, means), breaking);
            }
        };
        return connector.sink(plan.sink(), new Means(reference -> reference, home, home), ControlStoreServer.ledgers());
    }

    private static SubtaskId subtask(TablePlan plan) {
        return SubtaskId.of(plan.step(), 0, 0);
    }

    private void write(TablePlan plan) {
        try (Sink sink = sink(plan, Integer.MAX_VALUE)) {
            sink.prepare(new PrepareStep(plan.step(), List.of(plan), List.of()));
            try (Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1))) {
                transaction.lockRun();
                transaction.claim(new LedgerRow(subtask(plan), AttemptId.fresh(), Tally.ZERO, Tally.ZERO));
                byte[] tuple = ParquetFile.tuple(ParquetFile.columns("id int4"), Arrays.asList("1"))
                        .toByteArray();
                transaction.write(tuple, 0, tuple.length, 1);
                transaction.finish();
                transaction.commit();
            }
        }
    }

    private static void publish(TablePlan plan, Sink sink) {
        sink.publish(new PublishStep(plan.step(), List.of(plan), List.of(), SubtaskSet.EMPTY.plus(subtask(plan))));
    }

    private static TablePlan plan(String database, TableName name) {
        Connection connection =
                new Connection("files", "file", null, null, database, null, null, Map.of(), Limits.NONE, List.of());
        FileColumn id = ParquetFile.columns("id int4").get(0);
        TableDescription source = new TableDescription(
                name,
                "table",
                List.of(FileCatalog.column(id)),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
        RunId run = RunId.of("places", Instant.ofEpochSecond(RUNS.incrementAndGet()));
        return TablePlan.builder(StepId.of(run, "copy"), 0)
                .source(connection, source)
                .sink(connection, name)
                .columns(List.of(new ColumnPlan("id", new SourceColumn("id", id.type()), id.type(), "int4")))
                .maxRowBytes(1 << 20)
                .build();
    }
}
