package io.godwit.planner.store;

import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.port.EventPublisher;
import io.godwit.planner.store.Outbox.Letter;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Hands committed events to the broker, and notes in the outbox what the broker took. What it did not take stays for
 * the sweep. Commands go before facts: they are waited for.
 */
public final class OutboxPublisher {
    private static final Logger LOG = System.getLogger(OutboxPublisher.class.getName());
    private static final int SWEPT_AT_ONCE = 500;

    private final EventPublisher broker;
    private final Executor executor;

    /** @param executor where publishing is done; it may do it in the caller's thread when it is behind */
    public OutboxPublisher(EventPublisher broker, Executor executor) {
        this.broker = broker;
        this.executor = executor;
    }

    void publish(ControlStore store, List<Letter> letters) {
        List<Letter> commands =
                letters.stream().filter(letter -> !isFact(letter)).toList();
        List<Letter> facts = letters.stream().filter(OutboxPublisher::isFact).toList();
        for (List<Letter> part : List.of(commands, facts)) {
            if (!part.isEmpty()) {
                executor.execute(() -> publishNow(store, part));
            }
        }
    }

    /** Publishes what has lain in the outbox for {@code age}: its publisher has died, or the broker was away. */
    public void sweep(ControlStore store, Duration age) {
        store.change(Outbox::tellAgain);
        List<Letter> left;
        do {
            left = store.transact(session -> Outbox.leftOver(session, age, SWEPT_AT_ONCE));
        } while (publishNow(store, left) == SWEPT_AT_ONCE);
    }

    /** How many events the broker has not taken. */
    public long waiting(ControlStore store) {
        return store.transact(Outbox::waiting);
    }

    /** Forgets the oldest of what the broker took. */
    public void forgetOld(ControlStore store) {
        store.change(Outbox::forgetOld);
    }

    /** The broker has delivered all that it took. */
    public void forgetTaken(ControlStore store, BooleanSupplier delivered) {
        // What is taken from now on stays, whatever the broker says of what it has taken by then.
        Instant until = store.transact(Outbox::now);
        if (delivered.getAsBoolean()) {
            store.change(session -> Outbox.forgetTaken(session, until));
        }
    }

    /** The broker may have ended with what it took: publishes all again that is kept. */
    public void publishAgain(ControlStore store) {
        store.change(Outbox::doubtTaken);
        sweep(store, Duration.ZERO);
    }

    /** @return how many are dealt with */
    private int publishNow(ControlStore store, List<Letter> letters) {
        List<Letter> done = new ArrayList<>();
        try {
            for (Letter letter : letters) {
                publish(letter);
                done.add(letter);
            }
        } catch (GodwitException refused) {
            LOG.log(
                    Level.WARNING,
                    "{0} events stay in the outbox: {1}",
                    letters.size() - done.size(),
                    refused.getMessage());
        }
        if (!done.isEmpty()) {
            settle(store, done);
        }
        return done.size();
    }

    private void publish(Letter letter) {
        try {
            Traces.at(TraceParent.parse(letter.traceparent()), () -> broker.publish(letter.event()));
        } catch (GodwitException refused) {
            if (refused.code().isTransient()) {
                throw refused;
            }
            // It would be refused again, and keep all that come after it waiting. A subtask's lease sees to the rest.
            LOG.log(Level.ERROR, "event {0} is dropped: {1}", letter.event().id(), refused.getMessage());
        }
    }

    private static void settle(ControlStore store, List<Letter> taken) {
        try {
            store.change(session -> Outbox.settle(session, taken));
        } catch (GodwitException refused) {
            LOG.log(Level.WARNING, "{0} published events stay in the outbox: {1}", taken.size(), refused.getMessage());
        }
    }

    private static boolean isFact(Letter letter) {
        return letter.event() instanceof RunRecorded;
    }
}
