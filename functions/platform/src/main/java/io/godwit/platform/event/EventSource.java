package io.godwit.platform.event;

import java.util.Locale;

/** Who publishes events: the CloudEvents attribute {@code source}. */
public enum EventSource {
    PLANNER,
    READER,
    WRITER,
    OPS,
    CLI;

    /** {@code /godwit/planner} and the like. */
    public String uri() {
        return "/godwit/" + name().toLowerCase(Locale.ROOT);
    }
}
