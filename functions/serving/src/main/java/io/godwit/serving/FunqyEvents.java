package io.godwit.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.core.event.Event;
import io.godwit.platform.event.CloudEventCodec;
import io.godwit.platform.event.EventSource;
import io.godwit.platform.json.Json;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents as Funqy hands them over and takes them. Bodies are taken apart by Godwit's own mapper, since Funqy makes
 * lenient whichever it is given.
 */
public final class FunqyEvents {
    private FunqyEvents() {}

    /** @throws io.godwit.core.error.GodwitException EVENT_MALFORMED */
    public static <E extends Event> E read(CloudEvent<JsonNode> event, Class<E> form) {
        return form.cast(CloudEventCodec.decode(name -> attribute(event, name), event.data())
                .event());
    }

    /** The event as a function's answer, which the broker takes in, with the place in the trace of this thread. */
    public static CloudEvent<JsonNode> reply(EventSource from, Event event) {
        TraceParent trace = Traces.current();
        return CloudEventBuilder.create()
                .specVersion("1.0")
                .id(event.id())
                .type(event.type().text())
                .source(from.uri())
                .subject(event.subject())
                .extensions(trace == null ? Map.of() : Map.of(TraceParent.NAME, trace.text()))
                .build(Json.mapper().valueToTree(event));
    }

    private static @Nullable String attribute(CloudEvent<?> event, String name) {
        return switch (name) {
            case "specversion" -> event.specVersion();
            case "type" -> event.type();
            case "source" -> event.source();
            case "id" -> event.id();
            case "subject" -> event.subject();
            default -> event.extensions().get(name);
        };
    }
}
