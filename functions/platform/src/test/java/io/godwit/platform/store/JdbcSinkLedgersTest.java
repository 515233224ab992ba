package io.godwit.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.port.SinkLedgers.Unit;
import io.godwit.core.port.SinkLedgers.Writing;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** Writers that hold what others wait for; the protocol itself is tested with each sink that keeps its ledger here. */
@Timeout(60)
class JdbcSinkLedgersTest {
    private static final Duration STILL = Duration.ofSeconds(2);
    private static final EmbeddedPostgres SERVER =
            EmbeddedPostgres.builder().fsync(false).start();
    private static final PGSimpleDataSource STORE = new PGSimpleDataSource();

    private final JdbcSinkLedgers ledgers = new JdbcSinkLedgers(STORE, STILL);

    @BeforeAll
    static void migrate() {
        STORE.setUrl(SERVER.jdbcUrl("postgres"));
        STORE.setUser(SERVER.user());
        STORE.setPassword(SERVER.password());
        ControlStore.migrate(STORE);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private SubtaskId prepared(String job) {
        StepId step = new StepId(job + ".20261129T020000Z/copy");
        ledgers.prepare(
                new PrepareStep(step, List.of(), List.of()),
                List.of(job),
                replaced -> new Preparation(List.of(), List.of()));
        return SubtaskId.of(step, 0, 0);
    }

    private Writing claimed(SubtaskId subtask) {
        Writing writing = ledgers.begin();
        assertThat(writing.lockRun(subtask.step())).isEqualTo(RunRow.OPEN);
        assertThat(writing.claim(row(subtask))).isEmpty();
        return writing;
    }

    private static LedgerRow row(SubtaskId subtask) {
        return new LedgerRow(subtask, new AttemptId("00000000-0000-0000-0000-000000000001"), Tally.ZERO, Tally.ZERO);
    }

    @Test
    void whoStandsStillHoldsUpNobodyAndCommitsNothing() {
        SubtaskId subtask = prepared("stands");
        try (Writing stands = claimed(subtask)) {
            try (Writing next = claimed(subtask)) {
                next.commit(new Unit(row(subtask), "of the next one"));
            }
            GodwitException late =
                    catchThrowableOfType(GodwitException.class, () -> stands.commit(new Unit(row(subtask), "late")));
            assertThat(late.code().isTransient()).isTrue();
        }
        ledgers.units(subtask.step()).forEach(unit -> assertThat(unit.content()).isEqualTo("of the next one"));
        assertThat(ledgers.ledger(subtask.step()).written()).hasSize(1);
    }

    @Test
    void whoSaysThatItIsWorkingIsWaitedFor() throws InterruptedException {
        SubtaskId subtask = prepared("works");
        try (Writing works = claimed(subtask)) {
            for (int i = 0; i < 40; i++) {
                TimeUnit.MILLISECONDS.sleep(STILL.toMillis() / 20);
                works.working();
            }
            works.commit(new Unit(row(subtask), "after twice the time"));
        }
        assertThat(ledgers.ledger(subtask.step()).written()).hasSize(1);
    }
}
