package io.godwit.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.question.SinkQuestions.CloseStep;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writers that stop for ever, and answers that never arrive. */
class PostgresSinkInterruptionTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final Database from = Database.of("sink_interruption_from");
    private final Database to = Database.of("sink_interruption_to");
    private final Sink sink = patient();
    private final Sink stuck = patient();

    @BeforeEach
    void makeTable() throws SQLException {
        for (Database database : List.of(from, to)) {
            database.run("DROP SCHEMA IF EXISTS w CASCADE", "CREATE SCHEMA w", "CREATE TABLE w.t (id int PRIMARY KEY)");
        }
        from.run("INSERT INTO w.t SELECT generate_series(1, 1000)");
    }

    @AfterEach
    void close() {
        stuck.close();
        sink.close();
    }

    private Sink patient() {
        return new PostgresSink(to.connection(), PostgresServer.secrets(), PATIENCE);
    }

    private Load prepared() throws SQLException {
        Load load = new Load(from, to).table("w", "t");
        load.prepare(sink);
        return load;
    }

    @Test
    void writerThatStoppedInMidCopyIsEndedByTheNext() throws SQLException {
        Load load = prepared();
        Sink.Transaction stopped = load.begin(stuck, 0, 0, load.tuples(0, ""));

        load.write(sink, 0, 0, "WHERE id <= 10");

        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("10");
        GodwitException thrown = catchThrowableOfType(GodwitException.class, stopped::finish);
        assertThat(thrown.code()).isEqualTo(ErrorCode.SINK_INTERRUPTED);
        stopped.close();
    }

    @Test
    void writerThatStoppedBetweenStatementsIsEndedByTheNext() throws SQLException {
        Load load = prepared();
        Sink.Transaction stopped = load.begin(stuck, 0, 0, load.tuples(0, ""));
        stopped.finish();

        load.write(sink, 0, 0, "WHERE id <= 10");

        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("10");
        GodwitException thrown = catchThrowableOfType(GodwitException.class, stopped::commit);
        assertThat(thrown.code().isTransient()).isTrue();
        stopped.close();
    }

    @Test
    void writerThatGetsOnIsNotEnded() throws SQLException {
        Load load = prepared();
        Tuples tuples = load.tuples(0, "");
        to.run(
                "CREATE FUNCTION w.slow() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(1.5); RETURN NULL; END$$",
                "CREATE TRIGGER slow AFTER INSERT ON w.t FOR EACH STATEMENT EXECUTE FUNCTION w.slow()");
        Sink.Transaction first = load.begin(stuck, 0, 0, tuples);
        Thread finishing = new Thread(() -> {
            first.finish();
            first.commit();
            first.close();
        });
        finishing.start();
        try {
            boolean waited = false;
            Optional<LedgerRow> held = Optional.empty();
            while (held.isEmpty()) {
                try (Sink.Transaction second = sink.begin(load.plan(0), Duration.ofMinutes(1))) {
                    second.lockRun();
                    held = second.claim(LedgerRow.voided(load.subtask(0, 0)));
                    assertThat(held).as("the first was not ended").isPresent();
                } catch (GodwitException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.SINK_INTERRUPTED);
                    waited = true;
                }
            }
            assertThat(waited).isTrue();
            assertThat(held.orElseThrow().isVoid()).isFalse();
        } finally {
            join(finishing);
        }
        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("1000");
    }

    @Test
    void closingEndsWritersThatHoldTheRun() throws SQLException {
        Load load = prepared();
        Sink.Transaction stopped = load.begin(stuck, 0, 0, load.tuples(0, ""));

        sink.close(new CloseStep(load.step(), to.connection(), true, List.of(load.subtask(0, 0))));

        assertThat(catchThrowableOfType(GodwitException.class, stopped::finish)
                        .code()
                        .isTransient())
                .isTrue();
        stopped.close();
        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("0");
        assertThat(to.rows("SELECT attempt FROM godwit.ledger WHERE step = '" + load.step() + "'"))
                .containsExactly("null");
    }

    @Test
    void commitWhoseAnswerIsLostIsFoundInTheLedger() throws SQLException, IOException {
        Load load = prepared();
        try (CuttingProxy proxy = CuttingProxy.to(PostgresServer.get().port())) {
            Connection through = proxied(proxy.port());
            Sink cut = new PostgresSink(through, PostgresServer.secrets(), PATIENCE);
            Sink.Transaction transaction = load.begin(cut, 0, 0, load.tuples(0, ""));
            transaction.finish();

            proxy.arm();
            GodwitException thrown = catchThrowableOfType(GodwitException.class, transaction::commit);

            assertThat(thrown.code().isTransient()).isTrue();
            transaction.close();
            cut.close();
        }

        try (Sink.Transaction again = sink.begin(load.plan(0), Duration.ofMinutes(1))) {
            again.lockRun();
            assertThat(again.claim(LedgerRow.voided(load.subtask(0, 0))))
                    .hasValueSatisfying(row -> assertThat(row.written().rows()).isEqualTo(1000));
        }
        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("1000");
    }

    @Test
    void writingThatTakesLongerThanItMayEndsAsTooLargeAndLeavesNothing() throws SQLException {
        Load load = prepared();
        to.run(
                "CREATE FUNCTION w.slow() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END $$",
                "CREATE TRIGGER slow BEFORE INSERT ON w.t FOR EACH ROW EXECUTE FUNCTION w.slow()");
        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> {
            Duration most = Duration.ofMillis(200);
            try (Sink.Transaction writing = load.begin(sink, 0, 0, load.tuples(0, ""), most)) {
                writing.finish();
            }
        });

        assertThat(refused.code()).isEqualTo(ErrorCode.SUBTASK_TOO_LARGE);
        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("0");
        load.write(sink, 0, 0, "WHERE id <= 10");
    }

    private Connection proxied(int port) {
        Connection direct = to.connection();
        return new Connection(
                direct.name(),
                direct.type(),
                "127.0.0.1",
                port,
                direct.database(),
                direct.user(),
                direct.secret(),
                direct.options(),
                direct.limits(),
                direct.pools());
    }

    private static void join(Thread thread) {
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
