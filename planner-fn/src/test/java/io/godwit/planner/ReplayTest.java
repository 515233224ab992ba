package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Fact;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.PlannerQuestions.Difference;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.ReplayRun;
import io.godwit.core.question.PlannerQuestions.TableComparison;
import io.godwit.core.question.PlannerQuestions.ValidateRun;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Steps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final String SHARDS = """
            kind: Job
            name: shards
            steps:
              - name: copy
                migrate:
                  from: [{ connection: shop, tables: [orders] }, { connection: shop2, tables: [orders] }]
                  to: { connection: warehouse, table: copy.orders, mode: append }
                  columns: [{ from: id }, { to: origin, value: "${source.connection}" }]
                  quarantine: { rows: 10 }
            """;

    private final PlannerFixture planner = new PlannerFixture();

    @AfterEach
    void close() {
        planner.close();
    }

    /** Two sources have a table of one name: its row is mapped as one of the source that it came from. */
    @Test
    void rowIsReplayedAsOneOfTheSourceItCameFrom() {
        applyFile(SHARDS);
        RunId first = completed("shards");
        for (TablePlan table : tables(first)) {
            refuse(SubtaskId.of(table.step(), table.ordinal(), 0));
        }

        RunId replay = replay(first);

        assertThat(tables(replay)).hasSize(2).allSatisfy(table -> {
            TablePlan then = tables(first).get(table.ordinal());
            TablePlan mapping = planner.store.transact(
                    session -> Documents.get(session, KeptRows.mappingOf(table.id()), TablePlan.class));
            assertThat(mapping.source().name()).isEqualTo(then.source().name());
            assertThat(mapping.columns())
                    .filteredOn(column -> column.target().equals("origin"))
                    .extracting(column -> column.origin())
                    .containsExactly(new Origin.Constant(then.source().name()));
        });
    }

    /** Monday's row 5 was loaded mended on Tuesday: Monday's would stand beside it. */
    @Test
    void rowsOlderThanWhatALaterRunLoadedAreNotReplayedIntoATableThatItReplaces() {
        planner.apply(bearing("overwrite"));
        RunId monday = quarantining("nightly");
        RunId failed = replay(monday);
        planner.planner.controls().control(failed, Action.CANCEL);
        planner.settle();
        RunId tuesday = completed("nightly");

        assertRefused(() -> replay(monday), "run " + tuesday + " of the job has completed since");
        assertRefused(() -> planner.planner.controls().control(failed, Action.RETRY), tuesday.value());
    }

    @Test
    void rowsAreReplayedAfterALaterRunThatOnlyAppended() {
        planner.apply(bearing("append"));
        RunId monday = quarantining("nightly");
        completed("nightly");

        assertThat(planner.stateOf(replay(monday))).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aRunIsNotTakenForDoneWhereAReplayOfItsJobHasNotEnded() {
        planner.apply(bearing("append"));
        RunId replay = replay(quarantining("nightly"));

        assertRefused(() -> planner.start("nightly"), replay + " is RUNNING, and a replay of rows");
    }

    @Test
    void dueRunWaitsForAReplay() {
        planner.apply(bearing("append") + "schedule: { cron: \"0 * * * *\" }\n");
        RunId replay = replay(quarantining("nightly"));
        planner.sql("update planner.job set next_due = now() - interval '1 minute'");

        planner.planner.sweep().sweep();
        assertThat(runs()).isEqualTo(2);
        planner.planner.controls().control(replay, Action.CANCEL);
        planner.settle();
        planner.planner.sweep().sweep();
        planner.settle();

        assertThat(runs()).isEqualTo(3);
    }

    @Test
    void rowsOfATableThatTheJobNoLongerTakesStayOpenAndANoteSaysWhy() {
        planner.apply(bearing("append").replace("orders", "orders, items"));
        RunId first = completed("nightly");
        tables(first).forEach(table -> refuse(SubtaskId.of(table.step(), table.ordinal(), 0)));
        planner.apply(bearing("append"));

        RunId replay = replay(first);

        assertThat(tables(replay)).hasSize(1);
        assertThat(planner.factsOf(replay))
                .anySatisfy(fact -> assertThat(fact)
                        .isInstanceOfSatisfying(
                                Fact.Noted.class,
                                noted -> assertThat(noted.text())
                                        .contains(
                                                "1 rows stay in quarantine: ", "the job no longer takes this table")));
    }

    @Test
    void stepThatIsGoneIsNotPassedOverInSilence() {
        planner.apply(bearing("append"));
        RunId first = quarantining("nightly");
        planner.apply(bearing("append").replace("copy\n", "anew\n"));

        RunId replay = asked(first);

        assertThat(planner.stateOf(replay)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(replay).error())
                .isNotNull()
                .satisfies(error -> assertThat(error.message()).contains("quarantine of step copy stays there"));
    }

    /** Its rows are in a document, which no split halves. */
    @Test
    void replayThatTakesTooLongFailsAndNothingOfItIsVoided() {
        planner.apply(bearing("append"));
        RunId replay = replay(quarantining("nightly"));
        List<String> asked = new ArrayList<>();
        planner.writers.onAsk = (question, step) -> asked.add(question);

        SubtaskRead read = planner.take(SubtaskRead.class);
        planner.deliver(InMemoryWorld.failed(read, ErrorCode.SUBTASK_TOO_LARGE));
        planner.settle();

        assertThat(planner.stateOf(replay)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(replay).error())
                .isNotNull()
                .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.SUBTASK_TOO_LARGE));
        assertThat(asked).doesNotContain("void");
        assertThat(planner.readers.asked).noneMatch(SplitAgain.class::isInstance);
    }

    /** The reader refuses them when the source is read again, too; the target has them by now. */
    @Test
    void replayedLinesOfAFileAreNoDifference() {
        planner.apply(bearing("overwrite"));
        RunId first = quarantiningLine("nightly");
        planner.readers.rows.putAll(Map.of(1L, "a", 2L, "b"));
        planner.writers.rows.putAll(Map.of(1L, "a", 2L, "b"));
        assertThat(validate(first).differences()).isZero();

        planner.world.contents = id -> InMemoryRows.tally(Map.of(9L, "c"));
        replay(first);
        planner.settle();
        planner.writers.refusedRows.clear();
        planner.writers.rows.put(9L, "c");

        assertThat(validate(first).differences()).isZero();
        assertThat(validate(first).sourceRows()).isEqualTo(3);

        planner.writers.rows.remove(2L);
        assertThat(validate(first).differences()).isEqualTo(1);
        assertThat(validate(first).named()).containsExactly(new Difference("2", "missing"));

        planner.writers.rows.put(2L, "b");
        planner.writers.rows.put(9L, "altered");
        assertThat(validate(first).differences()).isEqualTo(1);

        planner.writers.rows.remove(9L);
        assertThat(validate(first).differences())
                .as("the replayed row is missing")
                .isEqualTo(1);
    }

    @Test
    void lineThatTheTargetRefusedWhenItWasReplayedIsNoDifference() {
        planner.apply(bearing("overwrite"));
        RunId first = quarantiningLine("nightly");
        planner.world.contents = id -> Tally.ZERO;
        RunId replay = replay(first);
        planner.settle();
        planner.writers.refusedRows.clear();
        byte[] row = new TupleBuilder().begin(1).field(new byte[8]).toByteArray();
        refuse(SubtaskId.of(StepId.of(replay, "copy"), 0, 0), row);

        assertThat(validate(first).differences()).isZero();
        assertThat(validate(first).refusedRows()).isZero();
    }

    private TableComparison validate(RunId run) {
        return planner.planner
                .answers()
                .validate(new ValidateRun(run, 10))
                .tables()
                .get(0);
    }

    /** A run that has completed with a line in quarantine that could not be read. */
    private RunId quarantiningLine(String job) {
        RunId run = completed(job);
        ReaderRefusal line = new ReaderRefusal("ROW_MALFORMED", "orders.csv, line 3", "", RowForm.RAW, new byte[1]);
        refuse(SubtaskId.of(StepId.of(run, "copy"), 0, 0), line.encode());
        planner.sql("update planner.step set quarantined = 1 where run = '" + run + "'");
        return run;
    }

    private long runs() {
        return planner.world.facts.stream()
                .map(fact -> ((RunRecorded) fact).run())
                .distinct()
                .count();
    }

    private static void assertRefused(ThrowingCallable asked, String why) {
        assertThatThrownBy(asked)
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.RUN_STATE_REFUSES))
                .hasMessageContaining(why);
    }

    private static String bearing(String mode) {
        return PlannerFixture.job("nightly", "orders").replace("{table}\" }", "{table}\", mode: " + mode + " }")
                + "      quarantine: { rows: 10 }\n";
    }

    /** A run that has completed with a row in quarantine. */
    private RunId quarantining(String job) {
        RunId run = completed(job);
        refuse(SubtaskId.of(StepId.of(run, "copy"), 0, 0));
        planner.sql("update planner.step set quarantined = 1 where run = '" + run + "'");
        return run;
    }

    private void applyFile(String job) {
        planner.planner
                .answers()
                .apply(new JobFile(
                        "test.yaml", PlannerFixture.connections() + PlannerFixture.connection("shop2", "") + job));
    }

    private RunId completed(String job) {
        RunId run = planner.start(job);
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        return run;
    }

    private RunId replay(RunId first) {
        RunId replay = asked(first);
        assertThat(planner.run(replay).error()).isNull();
        return replay;
    }

    private RunId asked(RunId first) {
        planner.writers.stand = true;
        RunId replay = planner.planner.answers().replay(new ReplayRun(first)).run();
        planner.workDuties();
        return replay;
    }

    private List<TablePlan> tables(RunId run) {
        return planner.store.transact(session -> Documents.getAll(
                session, Steps.workOf(session, StepId.of(run, "copy")).documents(), TablePlan.class));
    }

    private void refuse(SubtaskId subtask) {
        refuse(subtask, new byte[8]);
    }

    private void refuse(SubtaskId subtask, byte[] row) {
        planner.writers.refusedRows.add(new RefusedRow(
                new QuarantinePlace(subtask, planner.writers.refusedRows.size() + 1),
                "(id)=(5)",
                "23514",
                "a check",
                Instant.EPOCH,
                row));
    }
}
