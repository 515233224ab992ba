package io.godwit.platform.trace;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The span in which this thread works. */
public final class Traces {
    private static final ThreadLocal<Spans.@Nullable Span> CURRENT = new ThreadLocal<>();

    private Traces() {}

    /** Null: this thread's work is not traced. */
    public static @Nullable TraceParent current() {
        Spans.Span span = CURRENT.get();
        return span == null ? null : span.place();
    }

    /** Says of the current span what it is about, an id, never a value. */
    public static void attribute(String name, String value) {
        Spans.Span span = CURRENT.get();
        if (span != null) {
            span.attribute(name, value);
        }
    }

    /** The current span also follows from another. */
    public static void link(@Nullable TraceParent other) {
        Spans.Span span = CURRENT.get();
        if (span != null && other != null) {
            span.link(other);
        }
    }

    /** The current span did not do what it should. */
    public static void failed(String code) {
        Spans.Span span = CURRENT.get();
        if (span != null) {
            span.failed(code);
        }
    }

    /** Works in a span, which ends with the work. */
    public static <T> T in(Spans.Span span, Supplier<T> work) {
        Spans.Span outer = CURRENT.get();
        CURRENT.set(span);
        try (span) {
            return work.get();
        } finally {
            restore(outer);
        }
    }

    /** Works at a place that is known, without a span of its own. */
    public static void at(@Nullable TraceParent place, Runnable work) {
        in(Spans.NONE.begin("", place), () -> {
            work.run();
            return true;
        });
    }

    private static void restore(Spans.@Nullable Span outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
