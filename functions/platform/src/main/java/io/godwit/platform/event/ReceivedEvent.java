package io.godwit.platform.event;

import io.godwit.core.event.Event;

/**
 * An event that came in well-formed.
 *
 * @param id unique per source; the same event sent twice has one
 */
public record ReceivedEvent(String source, String id, Event event) {}
