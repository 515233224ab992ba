package io.godwit.planner.act;

import io.godwit.core.port.Meters;
import io.godwit.core.run.RunId;
import io.godwit.core.run.SubtaskState;
import io.godwit.planner.dispatch.Pool;
import io.godwit.planner.dispatch.Queued;
import io.godwit.planner.dispatch.Route;
import io.godwit.planner.dispatch.UnderWay;
import io.godwit.planner.dispatch.Windows;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.DispatchQueue;
import io.godwit.planner.store.DispatchQueue.Going;
import io.godwit.planner.store.DispatchQueue.Read;
import io.godwit.planner.store.DispatchQueue.Write;
import io.godwit.planner.store.Session;
import io.godwit.planner.subtask.Leases;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Fills the windows: gives subtasks that wait to readers and writers, as far as there is room. Safe for threads and for
 * many planners.
 */
public final class Dispatcher {
    private final List<Pool> pools;
    private final long runCredit;
    private final Leases leases;
    private final Random random;
    private final Meters meters;
    private final Together<Boolean> dispatching;

    public Dispatcher(
            ControlStore store, List<Pool> pools, long runCredit, Leases leases, Random random, Meters meters) {
        this.meters = meters;
        this.pools = List.copyOf(pools);
        this.runCredit = runCredit;
        this.leases = leases;
        this.random = random;
        this.dispatching = new Together<>(all -> store.change(this::dispatchIn));
    }

    /** Returns once all that was committed before the call is dispatched, as far as there is room. */
    public void dispatch() {
        dispatching.ask(true);
    }

    private void dispatchIn(Session session) {
        DispatchQueue.lock(session);
        List<UnderWay> underWay = DispatchQueue.underWay(session);
        Windows windows = new Windows(pools, runCredit, underWay, random);
        List<Write> writes = chooseWrites(session, windows, underWay);
        List<Read> reads = chooseReads(session, windows);
        give(session, reads, writes, new Backlogs(underWay));
    }

    private List<Write> chooseWrites(Session session, Windows windows, List<UnderWay> underWay) {
        Map<UnderWay, Integer> rooms = new HashMap<>();
        underWay.stream()
                .filter(kind -> kind.waitsForWriter() && windows.roomToWrite(kind) > 0)
                .forEach(kind -> rooms.put(kind, windows.roomToWrite(kind)));
        return rooms.isEmpty()
                ? List.of()
                : DispatchQueue.waiting(session, rooms).stream()
                        .filter(windows::takeWrite)
                        .map(subtask -> new Write(subtask, leases.of(subtask.bytes(), subtask.writes() + 1)))
                        .toList();
    }

    private List<Read> chooseReads(Session session, Windows windows) {
        List<Route> routes = new ArrayList<>(DispatchQueue.routes(session));
        Collections.shuffle(routes, random);
        Map<Route, Integer> rooms = new HashMap<>();
        routes.stream()
                .filter(route -> windows.room(route) > 0)
                .forEach(route -> rooms.put(route, windows.room(route)));
        Map<Route, Deque<Queued>> fronts = rooms.isEmpty() ? Map.of() : DispatchQueue.fronts(session, rooms);
        List<Read> reads = new ArrayList<>();
        // One of each route in turn: no run waits for another's whole queue.
        while (!routes.isEmpty()) {
            routes.removeIf(route -> !takeOne(route, fronts, windows, reads));
        }
        return reads;
    }

    private boolean takeOne(Route route, Map<Route, Deque<Queued>> fronts, Windows windows, List<Read> reads) {
        Deque<Queued> front = fronts.getOrDefault(route, new ArrayDeque<>());
        Queued next = front.poll();
        if (next == null) {
            return false;
        }
        Optional<Read> taken = windows.takeRead(route, next.bytes())
                .map(place -> new Read(next, place, leases.of(next.bytes(), next.reads() + 1)));
        taken.ifPresent(reads::add);
        return taken.isPresent();
    }

    private void give(Session session, List<Read> reads, List<Write> writes, Backlogs backlogs) {
        Set<RunId> runs = new HashSet<>();
        reads.forEach(read -> runs.add(read.subtask().id().run()));
        writes.forEach(write -> runs.add(write.subtask().id().run()));
        if (runs.isEmpty()) {
            tell(session, backlogs, List.of(), List.of());
            return;
        }
        Going going = DispatchQueue.lockGoing(session, runs);
        writes = writes.stream()
                .filter(write -> going.writing().contains(write.subtask().id().run()))
                .toList();
        reads = reads.stream()
                .filter(read -> going.reading().contains(read.subtask().id().run()))
                .toList();
        if (!writes.isEmpty()) {
            DispatchQueue.giveWrites(session, writes).forEach(session::send);
        }
        if (!reads.isEmpty()) {
            DispatchQueue.giveReads(session, reads).forEach(session::send);
        }
        tell(session, backlogs, reads, writes);
    }

    private void tell(Session session, Backlogs before, List<Read> reads, List<Write> writes) {
        session.afterCommit(() -> {
            meters.reached(SubtaskState.READING, reads.size());
            meters.reached(SubtaskState.WRITING, writes.size());
            meters.underWay(before.with(reads, writes));
        });
    }
}
