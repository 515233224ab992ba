package io.godwit.reader;

import io.godwit.connector.Source;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.question.SourceQuestions.HoldSnapshot;
import io.godwit.core.question.SourceQuestions.Snapshot;
import io.godwit.core.run.StepId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Holds snapshots for steps: each a source that stays open, since a snapshot lives as long as the session that took it.
 * A held snapshot keeps its database from cleaning up, so none is held longer than a while, and only so many at once.
 */
public final class Snapshots implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Snapshots.class.getName());

    private final Sources sources;
    private final Duration longest;
    private final int most;
    private final Map<Held, Holder> holders = new HashMap<>();
    private final ScheduledThreadPoolExecutor clock;

    /** Whose snapshot of what: asked twice for the same, the same is answered. */
    private record Held(StepId step, String connection, String database) {}

    private record Holder(Source source, Snapshot snapshot, ScheduledFuture<?> end) {}

    public Snapshots(Sources sources, Duration longest, int most) {
        this.sources = sources;
        this.longest = longest;
        this.most = most;
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "godwit-snapshots");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(1, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** @throws GodwitException NOT_SUPPORTED where as many are held as may be */
    public synchronized Snapshot hold(HoldSnapshot question) {
        Connection connection = question.connection();
        Held held = new Held(question.step(), connection.name(), connection.database());
        Holder known = holders.get(held);
        if (known != null) {
            return known.snapshot();
        }
        if (holders.size() >= most) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "step " + question.step() + ": this reader holds " + most + " snapshots already",
                    "Let other runs end, raise godwit.reader.snapshots.most, or ask for consistency: subtask.");
        }
        Source source = sources.open(connection);
        try {
            Snapshot snapshot = new Snapshot(source.holdSnapshot());
            ScheduledFuture<?> end = clock.schedule(() -> lapse(held), longest.toMillis(), TimeUnit.MILLISECONDS);
            holders.put(held, new Holder(source, snapshot, end));
            return snapshot;
        } catch (RuntimeException failed) {
            source.close();
            throw failed;
        }
    }

    /** Lets go of the step's snapshots, and says how many there were. */
    public int release(StepId step) {
        return letGo(held -> held.step().equals(step));
    }

    private void lapse(Held held) {
        if (letGo(held::equals) > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: its snapshot of {1} was held for {2} and is let go",
                    held.step(),
                    held.connection(),
                    longest);
        }
    }

    private int letGo(Predicate<Held> which) {
        List<Holder> ended = new ArrayList<>();
        synchronized (this) {
            holders.entrySet().removeIf(entry -> which.test(entry.getKey()) && ended.add(entry.getValue()));
        }
        for (Holder holder : ended) {
            holder.end().cancel(false);
            try {
                holder.source().close();
            } catch (RuntimeException broken) {
                LOG.log(System.Logger.Level.WARNING, "a snapshot's session was broken before", broken);
            }
        }
        return ended.size();
    }

    @Override
    public void close() {
        letGo(held -> true);
        clock.shutdownNow();
    }
}
