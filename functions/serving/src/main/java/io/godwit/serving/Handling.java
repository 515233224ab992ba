package io.godwit.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.platform.trace.Spans;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import io.quarkus.funqy.knative.events.CloudEvent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the handling of an event: a span under the place that the event came with, and its run, subtask and
 * attempt in every log line that its thread writes. Spans are as short as the handling; a run is no span.
 */
@Singleton
public class Handling {
    private final Spans spans;

    @Inject
    public Handling(Instance<Spans> spans) {
        this.spans = spans.isResolvable() ? spans.get() : Spans.NONE;
    }

    /** Handles an event and answers what the handling answers. */
    public <E extends Event, T> T of(CloudEvent<JsonNode> event, Class<E> form, Function<E, T> work) {
        E read = FunqyEvents.read(event, form);
        return traced(read.type().text(), TraceParent.parse(event.extensions().get(TraceParent.NAME)), () -> {
            LogFields.set(read);
            return work.apply(read);
        });
    }

    /** Handles an event that nothing answers. */
    public <E extends Event> void quietly(CloudEvent<JsonNode> event, Class<E> form, Consumer<E> work) {
        of(event, form, read -> {
            work.accept(read);
            return true;
        });
    }

    /** Handles what came by HTTP, under the traceparent that came with it. */
    public <T> T ofRequest(String name, Supplier<T> work) {
        return traced(name, TraceRoute.incoming(), work);
    }

    private <T> T traced(String name, @Nullable TraceParent parent, Supplier<T> work) {
        return Traces.in(spans.begin(name, parent), () -> {
            try {
                return work.get();
            } catch (GodwitException coded) {
                Traces.failed(coded.code().name());
                throw coded;
            } finally {
                LogFields.clear();
            }
        });
    }
}
