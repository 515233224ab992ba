package io.godwit.observing;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.platform.trace.Spans;
import io.godwit.platform.trace.TraceParent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenTelemetrySpansTest {
    private static final TraceParent CALLER =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final TraceParent READER =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b8-01");

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .build();

    @Test
    void spanLiesUnderTheRemoteParentAndLinksToWhatItFollowsFrom() {
        @Nullable TraceParent place;
        try (Spans.Span span = new OpenTelemetrySpans(sdk).begin("io.godwit.subtask.write", CALLER)) {
            place = span.place();
            span.link(READER);
            span.attribute("godwit.subtask", "r/copy/0/0");
        }

        assertThat(exported.getFinishedSpanItems()).singleElement().satisfies(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(CALLER.spanId());
            assertThat(span.getParentSpanContext().isRemote()).isTrue();
            assertThat(span.getLinks())
                    .singleElement()
                    .satisfies(link ->
                            assertThat(link.getSpanContext().getSpanId()).isEqualTo(READER.spanId()));
            assertThat(place).isEqualTo(new TraceParent("00-" + CALLER.traceId() + "-" + span.getSpanId() + "-01"));
        });
    }

    @Test
    void withoutParentATraceBegins() {
        try (Spans.Span span = new OpenTelemetrySpans(sdk).begin("start", null)) {
            assertThat(span.place()).isNotNull();
        }
        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getParentSpanId)
                .containsExactly("0000000000000000");
    }

    @Test
    void withTheSdkOffAPlaceIsPassedOnAndNoneIsMade() {
        OpenTelemetrySpans off = new OpenTelemetrySpans(OpenTelemetry.noop());
        try (Spans.Span traced = off.begin("start", CALLER);
                Spans.Span untraced = off.begin("start", null)) {
            assertThat(traced.place()).isEqualTo(CALLER);
            assertThat(untraced.place()).isNull();
        }
    }
}
