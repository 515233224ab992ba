package io.godwit.planner.duty;

import io.godwit.core.error.ErrorInfo;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;

/** How one kind of duty is done. Done twice, it is as if it were done once. */
public interface DutyWork {

    /**
     * Asks whom it must ask, outside any transaction.
     *
     * @throws io.godwit.core.error.GodwitException transient: the duty is tried again; permanent: it has
     *     {@link #failed}
     */
    Completion perform(Duty duty, Run run);

    /** The duty came to nothing for good; it is struck off. The run's row is locked. */
    void failed(Session session, Run run, Duty duty, ErrorInfo error);

    /**
     * What follows, in the transaction that strikes the duty off. The run's row is locked, and may have changed
     * meanwhile.
     */
    @FunctionalInterface
    interface Completion {
        void apply(Session session, Run run);
    }
}
