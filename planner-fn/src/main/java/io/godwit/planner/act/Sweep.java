package io.godwit.planner.act;

import io.godwit.core.error.GodwitException;
import io.godwit.core.port.Meters;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Leases;
import io.godwit.planner.store.OutboxPublisher;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What every tick sees to: due schedules, lapsed leases, events that no broker took, duties that nobody does. */
public final class Sweep {
    private final ControlStore store;
    private final Schedules schedules;
    private final SubtaskEvents subtasks;
    private final OutboxPublisher outbox;
    private final Dispatcher dispatcher;
    private final Runnable wakeDuties;
    private final Duration outboxAge;
    private final Meters meters;

    /** @param outboxAge how long an event lies in the outbox before it is taken for left over */
    public Sweep(
            ControlStore store,
            Schedules schedules,
            SubtaskEvents subtasks,
            OutboxPublisher outbox,
            Dispatcher dispatcher,
            Runnable wakeDuties,
            Duration outboxAge,
            Meters meters) {
        this.meters = meters;
        this.store = store;
        this.schedules = schedules;
        this.subtasks = subtasks;
        this.outbox = outbox;
        this.dispatcher = dispatcher;
        this.wakeDuties = wakeDuties;
        this.outboxAge = outboxAge;
    }

    /** @throws GodwitException CONTROL_STORE_UNREACHABLE: the next tick does what this one has not */
    public void sweep() {
        schedules.startDue();
        subtasks.sweepLapsed();
        wakeDuties.run();
        dispatcher.dispatch();
        outbox.sweep(store, outboxAge);
        outbox.forgetOld(store);
        meters.outbox(outbox.waiting(store));
    }

    /**
     * Goes on at once after a crash of everything: ends all leases, and publishes what no broker took, or none may have
     * delivered. Only for whoever knows that no other planner, reader, writer or broker lives.
     */
    public void recover() {
        store.change(Leases::endAll);
        subtasks.sweepLapsed();
        wakeDuties.run();
        outbox.publishAgain(store);
        dispatcher.dispatch();
    }

    /**
     * Everything stops in good order.
     *
     * @param delivered whether the broker has delivered all that it took, ever since the last {@link #recover}
     */
    public void rest(BooleanSupplier delivered) {
        outbox.forgetTaken(store, delivered);
    }
}
