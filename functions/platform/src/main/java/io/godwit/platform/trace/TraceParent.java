package io.godwit.platform.trace;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace.
 *
 * @param text of version 00: {@code 00-TRACE-SPAN-FLAGS}, in lower-case hexadecimal
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context</a>
 */
public record TraceParent(String text) {
    /** The CloudEvents attribute, the HTTP header, and the header of a record. */
    public static final String NAME = "traceparent";

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    public TraceParent {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a traceparent of version 00");
        }
    }

    /** Null where there is none, or one that is malformed: a trace is never a reason to refuse work. */
    public static @Nullable TraceParent parse(@Nullable String text) {
        return text != null && FORM.matcher(text).matches() ? new TraceParent(text) : null;
    }

    public String traceId() {
        return text.substring(3, 35);
    }

    public String spanId() {
        return text.substring(36, 52);
    }

    public String flags() {
        return text.substring(53);
    }
}
