package io.godwit.connector.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.Split;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements that would never end, of which no row comes out. */
@Timeout(60)
class SqliteTimeTest {
    private static final String FILE = "time";
    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0";

    private final Source source;

    SqliteTimeTest() {
        TestFiles.empty(FILE);
        source = TestFiles.source(TestFiles.connection(FILE, Map.of("timeout", "1")));
    }

    @BeforeEach
    void fill() {
        TestFiles.run(
                FILE,
                "CREATE TABLE t (id integer PRIMARY KEY)",
                "INSERT INTO t VALUES (1), (2)",
                "CREATE VIEW endless (id) AS " + ENDLESS);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private void read(String table, @Nullable Duration most) {
        TableDescription described =
                source.describe(List.of(new TableName(null, null, table))).get(0);
        source.read(
                new ReadRequest(described, described.columns(), null, new Split.Whole(null), null, 1000, most),
                (bytes, offset, length) -> {});
    }

    private static ErrorCode code(Runnable work) {
        return catchThrowableOfType(GodwitException.class, work::run).code();
    }

    @Test
    void subtaskThatNeverEndsIsTooLarge() {
        assertThat(code(() -> read("endless", Duration.ofMillis(200)))).isEqualTo(ErrorCode.SUBTASK_TOO_LARGE);

        read("t", Duration.ofMinutes(1));
    }

    @Test
    void readingWithoutAMeasureEndsToo() {
        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> read("endless", null));

        assertThat(thrown.code()).isEqualTo(ErrorCode.SOURCE_INTERRUPTED);
        assertThat(thrown).hasMessageContaining("endless").hasMessageContaining("PT1S");
    }

    @Test
    void previewEnds() {
        assertThat(code(() -> source.preview(new TableName(null, null, "endless"), 10)))
                .isEqualTo(ErrorCode.SOURCE_INTERRUPTED);
    }

    /** The whole transaction is undone, and the session goes on. */
    @Test
    void statementOfTheJobEndsToo() {
        TestFiles.empty("time_to");
        TestFiles.run("time_to", "CREATE TABLE t (id integer PRIMARY KEY)", "CREATE TABLE log (id integer)");
        Connection to = TestFiles.connection("time_to", Map.of("timeout", "1"));
        Copy copy = new Copy(TestFiles.connection(FILE, Map.of()), to, WriteMode.APPEND, null, "t");
        try (Sink sink = TestFiles.sink(to)) {
            assertThat(code(() -> copy.prepare(sink, "INSERT INTO log VALUES (1)", "INSERT INTO log " + ENDLESS)))
                    .isEqualTo(ErrorCode.SINK_INTERRUPTED);
            assertThat(TestFiles.one("time_to", "SELECT count(*) FROM log")).isEqualTo("0");

            copy.run(sink);
        }

        assertThat(TestFiles.one("time_to", "SELECT count(*) FROM t")).isEqualTo("2");
    }
}
