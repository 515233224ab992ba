package io.godwit.core.port;

import io.godwit.core.event.Event;

/** Hands events to the broker. */
public interface EventPublisher {

    /**
     * Returns once the broker has taken the event.
     *
     * @throws io.godwit.core.error.GodwitException FUNCTION_UNREACHABLE when it has not within the deadline
     */
    void publish(Event event);
}
