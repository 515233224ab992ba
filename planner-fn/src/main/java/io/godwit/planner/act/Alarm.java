package io.godwit.planner.act;

import java.time.Duration;

/** Comes back later, as far as this process lives; the tick does where it does not. */
@FunctionalInterface
public interface Alarm {

    /** Dispatches again after the delay. */
    void dispatchIn(Duration delay);
}
