package io.godwit.platform.trace;

import org.jspecify.annotations.Nullable;

/** Makes spans. Safe for threads. */
public interface Spans {
    /** Makes none: what comes with a traceparent goes on with the same. */
    Spans NONE = (name, parent) -> new Span() {
        @Override
        public @Nullable TraceParent place() {
            return parent;
        }
    };

    /**
     * A span from now on, under a parent that may lie in another process; null: a trace begins, if it is one at all.
     */
    Span begin(String name, @Nullable TraceParent parent);

    /** A span that is open. */
    interface Span extends AutoCloseable {
        /** What goes along with everything that is caused in it; null: not traced. */
        @Nullable
        TraceParent place();

        default void attribute(String name, String value) {}

        /** It also follows from another place. */
        default void link(TraceParent other) {}

        default void failed(String code) {}

        @Override
        default void close() {}
    }
}
