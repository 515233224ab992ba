package io.godwit.observing;

import io.godwit.core.port.Meters.Backlog;
import io.godwit.core.run.SubtaskState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What the planner last knew, for as long as it can be true: of several planners one may not have looked for a while.
 * Then its gauges are NaN, which {@code max} passes over. Nothing is asked of the control store for a scrape.
 */
final class BacklogGauges {
    /** A tick a minute lets some planner look; what was known is passed over after two and a half. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(150);

    private static final List<SubtaskState> STATES =
            List.of(SubtaskState.READING, SubtaskState.READ, SubtaskState.WRITING);

    private final MeterRegistry registry;
    private final String function;
    private final Set<String> pools = ConcurrentHashMap.newKeySet();
    private volatile Map<List<Object>, Backlog> known = Map.of();
    private volatile long knownAt;
    private volatile double outbox = Double.NaN;

    BacklogGauges(MeterRegistry registry, String function) {
        this.registry = registry;
        this.function = function;
        if (function.equals("planner")) {
            Gauge.builder("godwit.outbox.events", this, gauges -> gauges.isFresh() ? gauges.outbox : Double.NaN)
                    .description("Events that the broker had not taken at the last tick")
                    .tag("function", function)
                    .register(registry);
            register("default");
        }
    }

    void setOutbox(long events) {
        outbox = (double) events;
    }

    void set(Collection<Backlog> backlogs) {
        Map<List<Object>, Backlog> now = new ConcurrentHashMap<>();
        for (Backlog backlog : backlogs) {
            now.put(List.of(backlog.pool(), backlog.state()), backlog);
            register(backlog.pool());
        }
        known = now;
        knownAt = System.nanoTime();
    }

    private boolean isFresh() {
        return knownAt != 0 && System.nanoTime() - knownAt < FRESH_NANOS;
    }

    private void register(String pool) {
        if (!pools.add(pool)) {
            return;
        }
        for (SubtaskState state : STATES) {
            gauge("godwit.subtasks", "Subtasks under way", pool, state, Backlog::subtasks);
            gauge("godwit.backlog.bytes", "Bytes read and not yet written, or being read", pool, state, Backlog::bytes);
            gauge(
                    "godwit.backlog.offsets",
                    "Offsets of the exchange that are still needed",
                    pool,
                    state,
                    Backlog::offsets);
        }
    }

    private void gauge(String name, String what, String pool, SubtaskState state, ToDoubleFunction<Backlog> value) {
        Gauge.builder(name, this, gauges -> gauges.value(pool, state, value))
                .description(what)
                .tag("function", function)
                .tag("pool", pool)
                .tag("state", MicrometerMeters.text(state))
                .register(registry);
    }

    private double value(String pool, SubtaskState state, ToDoubleFunction<Backlog> value) {
        if (!isFresh()) {
            return Double.NaN;
        }
        Backlog backlog = known.get(List.of(pool, state));
        return backlog == null ? 0 : value.applyAsDouble(backlog);
    }
}
