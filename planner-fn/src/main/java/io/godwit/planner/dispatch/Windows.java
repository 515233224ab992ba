package io.godwit.planner.dispatch;

import io.godwit.core.exchange.Lane;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    public static final long LEAST_WEIGHT = 1 << 20;

    /** What a subtask weighs whose size nobody knows. */
    public static final long UNKNOWN_WEIGHT = 64 << 20;

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

    private void count(UnderWay many) {
        String source = many.route().source();
        String run = many.route().step().run().value();
        if (many.takesRead()) {
            countReads(source, run, many.subtasks());
        }
        many.lanes().forEach(lane -> lanesOf(many.pool()).set(lane));
        if (many.takesWrite()) {
            countWrites(many.route().sink(), many.pool(), many.subtasks());
        }
        if (many.takesCredit()) {
            countBytes(run, many.pool(), many.weight());
        }
    }

    /** How many reads the route may get at most. */
    public int room(Route route) {
        String runId = route.step().run().value();
        long ofPools = route.pools().stream()
                .map(pools::get)
                .filter(Objects::nonNull)
                .mapToLong(pool -> Math.min(
                        pool.lanes() - lanesOf(pool.name()).get(0, pool.lanes()).cardinality(),
                        leastWeights(pool(pool.name()), pool.credit())))
                .sum();
        long ofRoute = Math.min(
                route.maxReads() - reads.getOrDefault(source(route.source()), 0),
                route.concurrency() - reads.getOrDefault(run(runId), 0));
        return (int) Math.max(0, Math.min(Math.min(ofRoute, ofPools), leastWeights(run(runId), runCredit)));
    }

    /** How many writes those that wait may get at most. */
    public int roomToWrite(UnderWay waiting) {
        return Math.min(waiting.subtasks(), roomToWrite(waiting.route(), waiting.pool()));
    }

    private int roomToWrite(Route route, String pool) {
        Pool known = pools.get(pool);
        return known == null
                ? 0
                : Math.min(
                        route.maxWrites() - writes.getOrDefault(sink(route.sink()), 0),
                        known.lanes() - writes.getOrDefault(pool(pool), 0));
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
        countReads(route.source(), runId, 1);
        countBytes(runId, pool.name(), weight);
        return Optional.of(new Place(pool.name(), new Lane(pool.topic(), lane)));
    }

    /** Takes room for writing a subtask that waits; false where there is none. */
    public boolean takeWrite(Waiting subtask) {
        if (roomToWrite(subtask.route(), subtask.pool()) <= 0) {
            return false;
        }
        countWrites(subtask.route().sink(), subtask.pool(), 1);
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

    /** How many of the lightest subtasks the account has credit for. */
    private long leastWeights(String account, long credit) {
        long held = bytes.getOrDefault(account, 0L);
        return Math.max(held == 0 ? 1 : 0, (credit - held) / LEAST_WEIGHT);
    }

    private void countReads(String source, String run, int subtasks) {
        reads.merge(source(source), subtasks, Integer::sum);
        reads.merge(run(run), subtasks, Integer::sum);
    }

    private void countWrites(String sink, String pool, int subtasks) {
        writes.merge(sink(sink), subtasks, Integer::sum);
        writes.merge(pool(pool), subtasks, Integer::sum);
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
