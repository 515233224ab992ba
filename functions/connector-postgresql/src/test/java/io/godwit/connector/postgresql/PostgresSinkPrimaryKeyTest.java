package io.godwit.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.table.Key;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

/** When a created table gets its primary key, and what becomes of rows that come twice. */
class PostgresSinkPrimaryKeyTest {
    private final Database from = Database.of("sink_key_from");
    private final Database other = Database.of("sink_key_other");
    private final Database to = Database.of("sink_key_to");
    private final Sink sink = new PostgresSink(to.connection(), PostgresServer.secrets());

    @BeforeEach
    void twoRows() throws SQLException {
        from.run(
                "DROP SCHEMA IF EXISTS k CASCADE",
                "CREATE SCHEMA k",
                "CREATE TABLE k.t (id int PRIMARY KEY, n int)",
                "INSERT INTO k.t VALUES (1, 10), (2, 20)");
        to.run("DROP SCHEMA IF EXISTS k CASCADE");
    }

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void keyComesWhenTheRowsAreThere() throws SQLException {
        Load load = new Load(from, to).table("k", "t");

        assertThat(sink.previewPreparation(load.question()).statements())
                .contains("/* once it is loaded */ ALTER TABLE \"k\".\"t\" ADD PRIMARY KEY (\"id\")");
        load.prepare(sink);
        assertThat(keyInTarget()).isNull();
        load.write(sink, 0);
        load.publish(sink, 1);

        assertThat(keyInTarget()).isEqualTo(new Key("t_pkey", List.of("id")));
    }

    @Test
    void keyThatWritingNeedsIsThereFromTheStart() throws SQLException {
        new Load(from, to).mode(WriteMode.UPSERT).table("k", "t").prepare(sink);

        assertThat(keyInTarget()).isNotNull();
    }

    /** A target that is itself replicated deletes nothing without a key. */
    @Test
    void keyThatDeletingNeedsIsThereFromTheStart() throws SQLException {
        new Load(from, to).mode(WriteMode.OVERWRITE).table("k", "t").prepare(sink);

        assertThat(keyInTarget()).isNotNull();
    }

    @Test
    void keyThatTheJobsOwnSqlMayNeedIsThereFromTheStart() throws SQLException {
        new Load(from, to).table("k", "t").prepare(sink, "INSERT INTO k.t VALUES (7, 7) ON CONFLICT (id) DO NOTHING");

        assertThat(keyInTarget()).isNotNull();
    }

    @Test
    void keyIsTheOneOfTheStepThatMadeTheTableWhoeverEndsFirst() throws SQLException {
        Load first = new Load(from, to).table("k", "t");
        first.prepare(sink);
        Load second = ofOther("id int NOT NULL, n int");
        second.prepare(sink);
        second.write(sink, 0);
        second.publish(sink);
        first.write(sink, 0);
        first.publish(sink);

        assertThat(keyInTarget()).isEqualTo(new Key("t_pkey", List.of("id")));
        assertThat(to.rows("SELECT * FROM k.t ORDER BY 1")).containsExactly("1|10", "2|20", "3|30");
    }

    @Test
    void keyOfAnotherJobsSourceIsNotGiven() throws SQLException {
        Load first = new Load(from, to).table("k", "t");
        first.prepare(sink);
        first.write(sink, 0);
        Load second = ofOther("id int NOT NULL, n int PRIMARY KEY");
        second.prepare(sink);
        first.publish(sink);
        second.write(sink, 0);
        second.publish(sink);

        assertThat(keyInTarget()).isEqualTo(new Key("t_pkey", List.of("id")));
    }

    @Test
    void stepThatPreparesWhileAnotherPublishesWaitsForIt() throws Exception {
        Load first = new Load(from, to).table("k", "t");
        first.prepare(sink);
        first.write(sink, 0);
        try (Sink publishing = new PostgresSink(to.connection(), PostgresServer.secrets())) {
            CompletableFuture<Published> published =
                    CompletableFuture.supplyAsync(() -> first.publish(publishing, 1, "SELECT pg_sleep(1)"));
            awaitExclusiveLock("k.t", true);
            ofOther("id int PRIMARY KEY, n int").prepare(sink);
            published.get(30, TimeUnit.SECONDS);
        }

        assertThat(keyInTarget()).isEqualTo(new Key("t_pkey", List.of("id")));
    }

    @Test
    void whatIsToldOfAnUnfinishedTableIsWhatIsDone() throws SQLException {
        new Load(from, to).table("k", "t").prepare(sink);
        Load upsert = new Load(from, to).mode(WriteMode.UPSERT).table("k", "t");

        List<String> told = sink.previewPreparation(upsert.question()).statements();

        assertThat(told).contains("ALTER TABLE \"k\".\"t\" ADD PRIMARY KEY (\"id\")");
        assertThat(upsert.prepare(sink).statements()).isEqualTo(told);
    }

    @Test
    void cancelledStepLeavesATableWithItsKey() throws SQLException {
        Load load = new Load(from, to).table("k", "t");
        load.prepare(sink);
        load.write(sink, 0);

        sink.close(new CloseStep(load.step(), to.connection(), true, List.of()));

        assertThat(keyInTarget()).isNotNull();
    }

    /** It waits for another step's rows, and that step gives it. */
    @Test
    void cancelledStepGivesNoKeyToATableThatTookThePlaceOfIts() throws SQLException {
        Load first = new Load(from, to).table("k", "t");
        first.prepare(sink);
        to.run("DROP TABLE k.t");
        Load second = new Load(from, to).table("k", "t");
        second.prepare(sink);

        sink.close(new CloseStep(first.step(), to.connection(), true, List.of()));

        assertThat(keyInTarget()).isNull();
        second.write(sink, 0);
        second.publish(sink);
        assertThat(keyInTarget()).isNotNull();
    }

    /** Else the reader and the step wait in a circle, and the server breaks one of them off. */
    @Test
    void cancelledStepKeepsNobodyFromOneTableWhileItWaitsForAnother() throws Exception {
        from.run("CREATE TABLE k.u (id int PRIMARY KEY)");
        Load load = new Load(from, to).table("k", "t").table("k", "u");
        load.prepare(sink);
        try (PgConnection reader = to.open();
                Statement reading = reader.createStatement()) {
            reader.setAutoCommit(false);
            reading.execute("SELECT FROM k.u");
            CompletableFuture<Ledger> closed = CompletableFuture.supplyAsync(
                    () -> sink.close(new CloseStep(load.step(), to.connection(), true, List.of())));
            awaitExclusiveLock("k.u", false);
            reading.execute("SELECT FROM k.t");
            reader.commit();
            closed.get(30, TimeUnit.SECONDS);
        }

        assertThat(keyInTarget()).isNotNull();
        assertThat(to.describe("k", "u").primaryKey()).isNotNull();
    }

    private void awaitExclusiveLock(String table, boolean granted) throws SQLException {
        to.run("DO $$BEGIN FOR i IN 1..600 LOOP IF EXISTS (SELECT FROM pg_locks WHERE relation = to_regclass('" + table
                + "') AND mode = 'AccessExclusiveLock' AND granted = " + granted
                + ") THEN RETURN; END IF; PERFORM pg_sleep(0.05); END LOOP; RAISE 'nobody came to " + table
                + "'; END$$");
    }

    private Load ofOther(String columns) throws SQLException {
        other.run(
                "DROP SCHEMA IF EXISTS k CASCADE",
                "CREATE SCHEMA k",
                "CREATE TABLE k.t (" + columns + ")",
                "INSERT INTO k.t VALUES (3, 30)");
        return new Load(other, to).table("k", "t");
    }

    @Test
    void keyIsThereFromTheStartWhereRefusedRowsAreSetAside() throws SQLException {
        new Load(from, to)
                .table("k", "t", plan -> Load.with(plan, new Quarantine(5L, null)))
                .prepare(sink);

        assertThat(keyInTarget()).isNotNull();
    }

    /** As when a row changed its key between two reads. */
    @Test
    void rowThatComesTwiceFailsThePublication() throws SQLException {
        Load load = new Load(from, to).table("k", "t");
        load.prepare(sink);
        load.write(sink, 0, 0, "");
        load.write(sink, 0, 1, "WHERE id = 2");

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> load.publish(sink, 2));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("k.t").hasMessageContaining("(id)=(2)");
        assertThat(keyInTarget()).isNull();
    }

    @Test
    void laterStepGivesItBeforeItLoads() throws SQLException {
        Load first = new Load(from, to).table("k", "t");
        first.prepare(sink);
        first.write(sink, 0);
        Load second = new Load(from, to).table("k", "t");

        second.prepare(sink);

        assertThat(keyInTarget()).isNotNull();
        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> second.write(sink, 0));
        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(to.rows("SELECT * FROM k.t ORDER BY 1")).containsExactly("1|10", "2|20");
    }

    @Test
    void swappedTableHasItsKeyAndIndexesWhoeverCreatedIt() throws SQLException {
        from.run("CREATE INDEX by_n ON k.t (n)");
        new Load(from, to).table("k", "t").prepare(sink);

        new Load(from, to).mode(WriteMode.SWAP).table("k", "t").run(sink);

        assertThat(keyInTarget()).isNotNull();
        assertThat(to.rows("SELECT indexname FROM pg_indexes WHERE schemaname = 'k' ORDER BY 1"))
                .hasSize(2)
                .contains("by_n");
        assertThat(to.rows("SELECT * FROM k.t ORDER BY 1")).containsExactly("1|10", "2|20");
    }

    @Test
    void tableThatSomebodyElseMadeMeanwhileIsLeftAsItIs() throws SQLException {
        Load failed = new Load(from, to).mode(WriteMode.SWAP).table("k", "t");
        failed.prepare(sink);
        to.run("DROP TABLE k.t", "CREATE TABLE k.t (id int NOT NULL, n int)");

        new Load(from, to).table("k", "t").prepare(sink);

        assertThat(keyInTarget()).isNull();
    }

    @Test
    void laterStepNamesWhatStandsThereTwice() throws SQLException {
        Load first = new Load(from, to).table("k", "t");
        first.prepare(sink);
        first.write(sink, 0, 0, "");
        first.write(sink, 0, 1, "WHERE id = 1");

        GodwitException thrown = catchThrowableOfType(
                GodwitException.class, () -> new Load(from, to).table("k", "t").prepare(sink));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("(id)=(1)");
    }

    private @Nullable Key keyInTarget() throws SQLException {
        return to.describe("k", "t").primaryKey();
    }
}
