package io.godwit.observing;

import io.godwit.platform.trace.Spans;
import io.godwit.platform.trace.TraceParent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Makes OpenTelemetry's spans. Where its SDK is off, which is the default, a traceparent is passed on as it came. */
@Singleton
public class OpenTelemetrySpans implements Spans {
    private final Tracer tracer;

    @Inject
    public OpenTelemetrySpans(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.godwit");
    }

    @Override
    public Spans.Span begin(String name, @Nullable TraceParent parent) {
        SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(SpanKind.CONSUMER);
        if (parent == null) {
            builder.setNoParent();
        } else {
            builder.setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(contextOf(parent))));
        }
        return new Open(builder.startSpan());
    }

    private static SpanContext contextOf(TraceParent place) {
        return SpanContext.createFromRemoteParent(
                place.traceId(), place.spanId(), TraceFlags.fromHex(place.flags(), 0), TraceState.getDefault());
    }

    private record Open(io.opentelemetry.api.trace.Span span) implements Spans.Span {
        @Override
        public @Nullable TraceParent place() {
            SpanContext context = span.getSpanContext();
            return context.isValid()
                    ? new TraceParent("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                            + context.getTraceFlags().asHex())
                    : null;
        }

        @Override
        public void attribute(String name, String value) {
            span.setAttribute(name, value);
        }

        @Override
        public void link(TraceParent other) {
            span.addLink(contextOf(other));
        }

        @Override
        public void failed(String code) {
            span.setStatus(StatusCode.ERROR, code);
        }

        @Override
        public void close() {
            span.end();
        }
    }
}
