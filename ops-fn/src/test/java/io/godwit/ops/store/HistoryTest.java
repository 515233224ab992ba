package io.godwit.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Fact;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.ops.RunView;
import io.godwit.ops.RunView.TableView;
import io.godwit.platform.json.Json;
import io.godwit.platform.store.ControlStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class HistoryTest {
    private static final Instant BEGUN = Instant.parse("2026-11-22T02:00:00Z");
    private static final Digest HALF = new Digest(0x9000_0000_0000_0001L);

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres server;

    private final History history = new History(Json.mapper());
    private final RunQueries queries = new RunQueries(Json.mapper());

    @BeforeAll
    static void start() throws SQLException {
        server = EmbeddedPostgres.builder().fsync(false).start();
        PGSimpleDataSource store = new PGSimpleDataSource();
        store.setUrl(server.jdbcUrl("postgres"));
        store.setUser(server.user());
        store.setPassword(server.password());
        ControlStore.migrate(store);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void firstNotesOfRunAreShown() throws SQLException {
        RunId run = RunId.of("noted", BEGUN);
        List<RunRecorded> facts = new ArrayList<>();
        for (int i = 1; i <= RunView.MOST_NOTES + 5; i++) {
            facts.add(new RunRecorded(run, i, BEGUN, new Fact.Noted("note " + i)));
        }

        assertThat(fold(run, facts).notes()).hasSize(RunView.MOST_NOTES).startsWith("note 1", "note 2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void factsInAnyOrderAndTwiceFoldToTheSameHistory(long seed) throws SQLException {
        RunId run = RunId.of("any-order", BEGUN.plusSeconds(seed));
        List<RunRecorded> facts = facts(run);
        List<RunRecorded> sent = new ArrayList<>(facts);
        sent.addAll(facts);
        Collections.shuffle(sent, new Random(seed));

        RunView view = fold(run, sent);

        assertThat(view.state()).isEqualTo(RunState.COMPLETED);
        assertThat(view.factsMissing()).isZero();
        TableView table = view.tables().get(0);
        assertThat(table.subtasks()).isEqualTo(3);
        assertThat(table.subtasksRead()).isEqualTo(3);
        assertThat(table.subtasksWritten()).isEqualTo(3);
        assertThat(table.read().rows()).isEqualTo(30);
        assertThat(table.filtered()).isEqualTo(3);
        assertThat(view.total().filtered()).isEqualTo(3);
        // Both halves are beyond 2^63: their sum wraps, as digests do.
        assertThat(table.read().digest()).isEqualTo(HALF.plus(HALF));
        assertThat(table.proven()).isTrue();
    }

    @Test
    void aFactThatHasNotArrivedIsMissed() throws SQLException {
        RunId run = RunId.of("gap", BEGUN);
        List<RunRecorded> facts = new ArrayList<>(facts(run));
        facts.remove(2);

        assertThat(fold(run, facts).factsMissing()).isEqualTo(1);
    }

    @Test
    void aFailureKeepsItsError() throws SQLException {
        RunId run = RunId.of("failed", BEGUN);
        ErrorInfo error = new ErrorInfo(ErrorCode.ROW_REFUSED, "orders, key 7: duplicate key", "Use mode upsert.");
        RunView view = fold(
                run,
                List.of(new RunRecorded(
                        run, 1, BEGUN, new Fact.StateChanged("failed", BEGUN, RunState.FAILED, error))));

        assertThat(view.error()).isEqualTo(error);
        assertThat(view.endedAt()).isEqualTo(BEGUN);
    }

    /** What a reader left out is open until its subtask is written: only that marks it. */
    @Test
    void replayedAreRowsOfWrittenSubtasksOnly() throws SQLException {
        RunId first = RunId.of("first", BEGUN);
        RunId replay = RunId.of("first", BEGUN.plusSeconds(60));
        SubtaskId refused = SubtaskId.of(StepId.of(first, "copy"), 0, 0);
        SubtaskId again = SubtaskId.of(StepId.of(replay, "copy"), 0, 0);
        SubtaskId failing = SubtaskId.of(StepId.of(replay, "copy"), 0, 1);
        AttemptId attempt = new AttemptId("a");
        Tally five = new Tally(5, 500, HALF);
        Tally two = new Tally(2, 200, HALF);
        fold(
                first,
                List.of(new RunRecorded(
                        first, 1, BEGUN, new Fact.SubtaskWasWritten(refused, attempt, Tally.ZERO, five, 9))));
        List<RunRecorded> facts = List.of(
                new RunRecorded(replay, 1, BEGUN, new Fact.Replays(first)),
                new RunRecorded(replay, 2, BEGUN, new Fact.SubtaskWasRead(failing, attempt, Tally.ZERO, 5, 2)));
        fold(replay, facts);
        assertThat(fold(first, List.of()).openRows()).isEqualTo(5);

        // In whatever order: its filtered rows become known after it is written.
        fold(
                replay,
                List.of(
                        new RunRecorded(
                                replay, 4, BEGUN, new Fact.SubtaskWasWritten(again, attempt, two, Tally.ZERO, 9)),
                        new RunRecorded(replay, 3, BEGUN, new Fact.SubtaskWasRead(again, attempt, two, 5, 1))));
        assertThat(fold(first, List.of()).openRows()).isEqualTo(2);

        fold(
                replay,
                List.of(new RunRecorded(
                        replay, 5, BEGUN, new Fact.SubtaskWasWritten(failing, attempt, Tally.ZERO, Tally.ZERO, 9))));
        assertThat(fold(first, List.of()).openRows()).isZero();
    }

    private RunView fold(RunId run, List<RunRecorded> facts) throws SQLException {
        try (Connection store = server.connect("postgres")) {
            for (RunRecorded fact : facts) {
                history.fold(store, fact);
            }
            return queries.find(store, run).orElseThrow();
        }
    }

    /**
     * Two subtasks; the first is read twice, with another tally at the second reading, and two others take the place of
     * the second.
     */
    private static List<RunRecorded> facts(RunId run) {
        SubtaskId first = SubtaskId.of(StepId.of(run, "copy"), 0, 0);
        SubtaskId second = SubtaskId.of(StepId.of(run, "copy"), 0, 1);
        SubtaskId third = SubtaskId.of(StepId.of(run, "copy"), 0, 2);
        SubtaskId fourth = SubtaskId.of(StepId.of(run, "copy"), 0, 3);
        Tally half = new Tally(15, 1500, HALF);
        Tally larger = new Tally(8, 800, HALF);
        Tally smaller = new Tally(7, 700, Digest.EMPTY);
        AttemptId attempt = new AttemptId("a");
        List<Fact> facts = List.of(
                new Fact.StateChanged(run.job(), BEGUN, RunState.RUNNING, null),
                new Fact.TablePlanned("copy", 0, "shop.public.orders", "public.orders", 2, 30, 3000),
                new Fact.SubtaskWasRead(first, attempt, new Tally(14, 1400, new Digest(7)), 5, 4),
                new Fact.SubtaskWasRead(first, attempt, half, 5, 2),
                new Fact.SubtaskWasWritten(first, attempt, half, Tally.ZERO, 9),
                new Fact.SubtaskWasRead(second, attempt, half, 5, 9),
                new Fact.SubtaskWasSplit(second, 2),
                new Fact.SubtaskWasRead(third, attempt, larger, 3, 1),
                new Fact.SubtaskWasWritten(third, attempt, larger, Tally.ZERO, 4),
                new Fact.SubtaskWasRead(fourth, attempt, smaller, 2),
                new Fact.SubtaskWasWritten(fourth, attempt, smaller, Tally.ZERO, 3),
                new Fact.StateChanged(run.job(), BEGUN, RunState.COMPLETED, null));
        List<RunRecorded> events = new ArrayList<>();
        for (Fact fact : facts) {
            events.add(new RunRecorded(run, events.size() + 1L, BEGUN.plusMillis(events.size()), fact));
        }
        return events;
    }
}
