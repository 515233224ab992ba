package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Fact;
import io.godwit.core.exchange.Lane;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {
    private final PlannerFixture planner = new PlannerFixture();

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void eventsThatNoBrokerTookArePublishedByALaterTick() {
        planner.world.refusal = ErrorCode.FUNCTION_UNREACHABLE;
        RunId run = running(2);
        assertThat(planner.world.events).isEmpty();

        planner.world.refusal = null;
        planner.sql("update planner.outbox set created_at = now() - interval '1 hour'");
        planner.planner.sweep().sweep();

        assertThat(planner.world.events).hasSize(2);
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.factsOf(run)).isNotEmpty();
    }

    @Test
    void eventThatTheBrokerRefusesForWhatItIsDoesNotStopTheOthers() {
        planner.world.refusal = ErrorCode.EVENT_MALFORMED;
        running(1);
        planner.world.refusal = null;
        planner.planner.sweep().sweep();

        assertThat(count("planner.outbox where sent_at is null")).isZero();
    }

    @Test
    void factsThatABrokerTookWithItIntoItsEndArePublishedAgain() {
        RunId run = running(2);
        planner.settle();
        List<Fact> told = planner.factsOf(run);
        planner.world.facts.clear();

        planner.planner.sweep().sweep();
        assertThat(planner.factsOf(run)).isEmpty();
        planner.planner.sweep().recover();

        assertThat(planner.factsOf(run)).containsExactlyInAnyOrderElementsOf(told);
    }

    /** A broker that loses what it took: the run must not look under way for ever. */
    @Test
    void statesAreToldAgainTwice() {
        RunId run = running(2);
        planner.settle();
        List<Event> states = states();
        planner.world.facts.clear();

        for (int i = 0; i < 3; i++) {
            planner.sql(
                    "update planner.outbox set created_at = now() - interval '1 hour', sent_at = sent_at - interval '11 s'");
            planner.planner.sweep().sweep();
            planner.planner.sweep().sweep();
        }

        assertThat(states).isNotEmpty();
        assertThat(planner.world.facts).as("of run " + run).hasSize(2 * states.size());
        assertThat(states()).containsAll(states);
        assertThat(count("planner.outbox where sent_at is null")).isZero();
    }

    @Test
    void factsThatHaveArrivedAreForgotten() {
        RunId run = running(2);
        planner.settle();
        planner.planner.sweep().rest(() -> true);
        planner.world.facts.clear();

        planner.planner.sweep().recover();

        assertThat(planner.factsOf(run)).isEmpty();
    }

    @Test
    void factsThatMayNotHaveArrivedAreKept() {
        RunId run = running(2);
        planner.settle();
        List<Fact> told = planner.factsOf(run);
        planner.planner.sweep().rest(() -> false);
        planner.world.facts.clear();

        planner.planner.sweep().recover();

        assertThat(planner.factsOf(run)).containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void onlySoManyFactsAreKept() {
        planner.sql("insert into planner.outbox (type, event, sent_at) "
                + "select 'RUN_RECORDED', '{}', now() from generate_series(1, 20005)");

        planner.planner.sweep().sweep();

        assertThat(count("planner.outbox")).isEqualTo(20_000);
    }

    @Test
    void silentReadersSubtaskIsReadByAnother() {
        RunId run = running(1);
        SubtaskRead first = planner.take(SubtaskRead.class);
        planner.sql("update planner.subtask set lease_until = now()");
        planner.planner.sweep().sweep();

        SubtaskRead second = planner.take(SubtaskRead.class);

        assertThat(second.subtask()).isEqualTo(first.subtask());
        assertThat(second.dispatch()).isEqualTo(2);
        planner.deliver(planner.world.read(first));
        planner.deliver(planner.world.read(second));
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.ledger).hasSize(1);
    }

    @Test
    void whatRunsWithinItsLeaseIsLeftAlone() {
        running(1);
        planner.world.events.clear();

        planner.planner.sweep().sweep();

        assertThat(planner.world.events).isEmpty();
    }

    @Test
    void crashOfEverythingIsRecoveredWithoutWaitingForLeases() {
        RunId run = running(6);
        planner.deliver(planner.world.read(planner.take(SubtaskRead.class)));
        planner.world.events.clear();
        planner.sql("update planner.duty set holder = 'dead', lease_until = now() + interval '1 hour'");

        planner.planner.sweep().recover();
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.ledger).hasSize(6);
    }

    @Test
    void laneIsTrimmedBelowTheLowestRowsThatAreNotWritten() {
        running(2);
        Lane lane = planner.take(SubtaskRead.class).lane();
        assertThat(lane.partition()).isZero();
        planner.world.events.clear();
        planner.sql("update planner.subtask set lease_until = now()");
        planner.planner.sweep().sweep();
        List<SubtaskRead> reads = List.of(planner.take(SubtaskRead.class), planner.take(SubtaskRead.class));
        // Both into one lane, as a reader does that outlived its lease.
        var early = planner.world.read(in(reads.get(0), lane));
        var late = planner.world.read(in(reads.get(1), lane));
        planner.deliver(early);
        planner.deliver(late);
        SubtaskWrite first = planner.take(SubtaskWrite.class);
        SubtaskWrite second = planner.take(SubtaskWrite.class);
        SubtaskWrite ofLate = first.subtask().equals(late.subtask()) ? first : second;
        SubtaskWrite ofEarly = first.subtask().equals(late.subtask()) ? second : first;

        planner.deliver(planner.world.write(ofLate));
        assertThat(planner.world.trimmed.getOrDefault(lane, 0L))
                .isEqualTo(early.range().firstOffset());
        planner.deliver(planner.world.write(ofEarly));
        assertThat(planner.world.trimmed).containsEntry(lane, late.range().lastOffset() + 1);
    }

    @Test
    void twoPlannersOverOneStoreGiveNothingAwayTwice() {
        try (PlannerFixture other = new PlannerFixture(planner)) {
            RunId run = running(40);
            Thread ticking = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    other.planner.sweep().sweep();
                }
            });
            ticking.start();
            planner.settle();
            join(ticking);
            planner.settle();

            assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
            assertThat(planner.world.reads).isEqualTo(40);
        }
    }

    private static SubtaskRead in(SubtaskRead read, Lane lane) {
        return new SubtaskRead(read.subtask(), read.tablePlan(), read.pool(), read.split(), lane, read.dispatch());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private long count(String table) {
        return ControlStoreOfTests.count(planner.controlStore, table);
    }

    private List<Event> states() {
        return planner.world.facts.stream()
                .filter(event -> event instanceof Event.RunRecorded fact && fact.fact() instanceof Fact.StateChanged)
                .toList();
    }

    private RunId running(int splits) {
        planner.readers.splitsByTable.put("orders", splits);
        planner.apply(PlannerFixture.job("swept", "orders"));
        RunId run = planner.start("swept");
        planner.workDuties();
        assertThat(planner.world.events).allMatch(event -> event.type() == Event.Type.SUBTASK_READ);
        return run;
    }
}
