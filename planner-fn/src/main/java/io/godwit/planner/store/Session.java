package io.godwit.planner.store;

import io.godwit.core.event.Event;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Fact;
import io.godwit.core.run.RunId;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One transaction. Facts and events are given to it while it lasts; they are stored with its changes, and reach the
 * broker after it has committed. Not safe for threads.
 */
public final class Session {
    private final Connection connection;
    private final Clock clock;
    private final Map<RunId, List<Fact>> facts = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    Session(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** Records a fact of a run whose row this transaction holds locked. */
    public void record(RunId run, Fact fact) {
        facts.computeIfAbsent(run, key -> new ArrayList<>()).add(fact);
    }

    /** Sends an event once the transaction has committed. */
    public void send(Event event) {
        events.add(event);
    }

    /** Does something once the transaction has committed; not done where it has not. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    Sql sql(String text, @Nullable Object... values) {
        return new Sql(connection, text, values);
    }

    /** The same statement with each of many lists of values, in one round trip. */
    void each(String text, List<@Nullable Object[]> values) {
        if (!values.isEmpty()) {
            Sql.each(connection, text, values);
        }
    }

    Connection connection() {
        return connection;
    }

    /** What is to be sent, commands before facts; facts have their numbers now. */
    List<Event> outgoing() {
        List<Event> all = new ArrayList<>(events);
        facts.forEach((run, recorded) -> {
            long last = sql(
                            "update planner.run set facts = facts + ? where id = ? returning facts",
                            recorded.size(),
                            run.value())
                    .first(row -> row.getLong(1))
                    .orElseThrow();
            long number = last - recorded.size();
            for (Fact fact : recorded) {
                all.add(new RunRecorded(run, ++number, clock.instant(), fact));
            }
        });
        return all;
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
