package io.godwit.observing;

import io.godwit.core.port.Meters;
import io.godwit.core.run.SubtaskState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Counts with Micrometer. All meters of a function exist from its start, at zero: a rate over a counter that appears
 * with its first value misses that value.
 */
@Startup
@Singleton
public class MicrometerMeters implements Meters {
    /** From a batch on the same machine to a commit that waits for an index. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300)
    };

    private final Counter rows;
    private final Counter bytes;
    private final Timer batches;
    private final Timer commits;
    private final Map<Outcome, Timer> subtasks = new EnumMap<>(Outcome.class);
    private final Map<SubtaskState, Counter> changes = new EnumMap<>(SubtaskState.class);
    private final BacklogGauges backlog;

    @Inject
    public MicrometerMeters(
            MeterRegistry registry, @ConfigProperty(name = "quarkus.application.name") String application) {
        String function = application.replaceFirst("^godwit-", "").replaceFirst("-fn$", "");
        rows = Counter.builder("godwit.rows")
                .description("Rows that were read, or written and then committed or given up")
                .tag("function", function)
                .register(registry);
        bytes = Counter.builder("godwit.moved")
                .baseUnit("bytes")
                .description("Bytes of their batches")
                .tag("function", function)
                .register(registry);
        batches = timer("godwit.batch", "Sending a batch, or handing its rows to the sink", function)
                .register(registry);
        commits = timer("godwit.commit", "Committing rows and ledger row", function)
                .register(registry);
        for (Outcome outcome : Outcome.values()) {
            subtasks.put(
                    outcome,
                    timer("godwit.subtask", "An attempt at a subtask", function)
                            .tag("outcome", text(outcome))
                            .register(registry));
        }
        for (SubtaskState state : SubtaskState.values()) {
            changes.put(
                    state,
                    Counter.builder("godwit.subtask.changes")
                            .description("Subtasks that came to be in a state")
                            .tag("function", function)
                            .tag("state", text(state))
                            .register(registry));
        }
        backlog = new BacklogGauges(registry, function);
    }

    private static Timer.Builder timer(String name, String description, String function) {
        return Timer.builder(name)
                .description(description)
                .tag("function", function)
                .serviceLevelObjectives(BUCKETS);
    }

    static String text(Enum<?> tag) {
        return tag.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void batch(int rowsOfIt, long bytesOfIt, long nanos) {
        rows.increment(rowsOfIt);
        bytes.increment((double) bytesOfIt);
        batches.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void committed(long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void ended(Outcome outcome, long nanos) {
        Timer timer = subtasks.get(outcome);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void reached(SubtaskState state, int count) {
        Counter counter = changes.get(state);
        if (counter != null) {
            counter.increment(count);
        }
    }

    @Override
    public void underWay(Collection<Backlog> backlogs) {
        backlog.set(backlogs);
    }

    @Override
    public void outbox(long events) {
        backlog.setOutbox(events);
    }
}
