package io.godwit.planner.dispatch;

import io.godwit.core.exchange.Lane;
import io.godwit.core.run.SubtaskState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How much room there is, and who gets it. Counts what is under way once, and then what it gives away itself. No I/O;
 * not safe for threads.
 *
 * <p>At no time are there more reads of a source connection than it bears, over all runs; more reads of a run than its
 * concurrency; two readers in one lane of a pool; more writes into a sink connection than it bears; or more bytes read
 * and not written than a run's and a pool's credit, one subtask always excepted: else a large one could never move.
 */
public final class Windows {
    /** What a subtask weighs at least, so that credit bounds the number of small ones too. */
    static final long LEAST_WEIGHT = 1 << 20;

    /** What a subtask weighs whose size nobody knows. */
    static final long UNKNOWN_WEIGHT = 64 << 20;

    private final Map<String, Pool> pools = new HashMap<>();
    private final long runCredit;
    private final RandomGenerator random;
    private final Map<String, Integer> reads = new HashMap<>();
    private final Map<String, Integer> writes = new HashMap<>();
    private final Map<String, Long> bytes = new HashMap<>();
    private final Map<String, BitSet> lanes = new HashMap<>();

    public Windows(Collection<Pool> pools, long runCredit, Collection<UnderWay> underWay, RandomGenerator random) {
        pools.forEach(pool -> this.pools.put(pool.name(), pool));
        this.runCredit = runCredit;
        this.random = random;
        underWay.forEach(this::count);
    }

    private void count(UnderWay subtask) {
        String pool = subtask.pool() == null ? "" : subtask.pool();
        if (subtask.takesRead()) {
            countRead(subtask.source(), subtask.run().value());
        }
        if (subtask.state() == SubtaskState.READING) {
            lanesOf(pool).set(subtask.lane());
        }
        if (subtask.takesWrite()) {
            countWrite(subtask.sink(), pool);
        }
        if (subtask.takesCredit()) {
            countBytes(subtask.run().value(), pool, weight(subtask.bytes()));
        }
    }

    /** How many reads the route may get at most, lanes and bytes left aside. */
    public int room(Route route) {
        int ofSource = route.maxReads() - reads.getOrDefault(source(route.source()), 0);
        int ofRun =
                route.concurrency() - reads.getOrDefault(run(route.step().run().value()), 0);
        return Math.max(0, Math.min(ofSource, ofRun));
    }

    /** Takes room for one read of the route; empty where there is none. */
    public Optional<Place> takeRead(Route route, long estimatedBytes) {
        String runId = route.step().run().value();
        long weight = weight(estimatedBytes);
        if (room(route) == 0 || !hasCredit(run(runId), runCredit, weight)) {
            return Optional.empty();
        }
        List<Pool> open = route.pools().stream()
                .map(pools::get)
                .filter(pool -> pool != null && freeLane(pool) < pool.lanes())
                .filter(pool -> hasCredit(pool(pool.name()), pool.credit(), weight))
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Pool pool = draw(open);
        int lane = freeLane(pool);
        lanesOf(pool.name()).set(lane);
        countRead(route.source(), runId);
        countBytes(runId, pool.name(), weight);
        return Optional.of(new Place(pool.name(), new Lane(pool.topic(), lane)));
    }

    /** Takes room for writing a subtask that waits; false where there is none. */
    public boolean takeWrite(UnderWay subtask) {
        Pool pool = subtask.pool() == null ? null : pools.get(subtask.pool());
        if (pool == null
                || writes.getOrDefault(sink(subtask.sink()), 0) >= subtask.maxWrites()
                || writes.getOrDefault(pool(pool.name()), 0) >= pool.lanes()) {
            return false;
        }
        countWrite(subtask.sink(), pool.name());
        return true;
    }

    /** At random by weight: no pool is the bottleneck, and a run may span them. */
    private Pool draw(List<Pool> open) {
        int point = random.nextInt(open.stream().mapToInt(Pool::weight).sum());
        List<Pool> left = new ArrayList<>(open);
        while (point >= left.get(0).weight()) {
            point -= left.remove(0).weight();
        }
        return left.get(0);
    }

    private int freeLane(Pool pool) {
        return lanesOf(pool.name()).nextClearBit(0);
    }

    private BitSet lanesOf(String pool) {
        return lanes.computeIfAbsent(pool, key -> new BitSet());
    }

    private boolean hasCredit(String account, long credit, long weight) {
        long held = bytes.getOrDefault(account, 0L);
        return held == 0 || held + weight <= credit;
    }

    private void countRead(String source, String run) {
        reads.merge(source(source), 1, Integer::sum);
        reads.merge(run(run), 1, Integer::sum);
    }

    private void countWrite(String sink, String pool) {
        writes.merge(sink(sink), 1, Integer::sum);
        writes.merge(pool(pool), 1, Integer::sum);
    }

    private void countBytes(String run, String pool, long weight) {
        bytes.merge(run(run), weight, Long::sum);
        bytes.merge(pool(pool), weight, Long::sum);
    }

    private static long weight(long subtaskBytes) {
        return subtaskBytes < 0 ? UNKNOWN_WEIGHT : Math.max(subtaskBytes, LEAST_WEIGHT);
    }

    private static String source(String connection) {
        return "source " + connection;
    }

    private static String sink(String connection) {
        return "sink " + connection;
    }

    private static String run(String id) {
        return "run " + id;
    }

    private static String pool(String name) {
        return "pool " + name;
    }
}
