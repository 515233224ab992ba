package io.godwit.platform.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.platform.json.Json;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Between {@link Event} and CloudEvents 1.0 over HTTP in binary mode.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP
 *     protocol binding</a>
 */
public final class CloudEventCodec {
    /** Brokers need forward no event that takes more, headers included (CloudEvents 1.0, size limits). */
    static final int MAX_BYTES = 64 << 10;

    /** What the headers of a broker and a proxy may add. */
    private static final int HEADER_ALLOWANCE = 4 << 10;

    private static final String JSON = "application/json";

    private static final Map<String, Class<? extends Event>> FORMS = forms();

    private CloudEventCodec() {}

    /**
     * The event as it is posted, with the place in the trace at which this thread works. That is no part of what the
     * event says: its id does not hang on it.
     *
     * @throws GodwitException DEFECT where it is too large
     */
    public static EncodedEvent encode(Event event, EventSource source) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", JSON);
        headers.put("ce-specversion", "1.0");
        headers.put("ce-type", event.type().text());
        headers.put("ce-source", HeaderText.encode(source.uri()));
        headers.put("ce-id", HeaderText.encode(event.id()));
        headers.put("ce-subject", HeaderText.encode(event.subject()));
        String pool = event.routedTo();
        if (pool != null) {
            headers.put("ce-pool", HeaderText.encode(pool));
        }
        TraceParent trace = Traces.current();
        if (trace != null) {
            headers.put("ce-" + TraceParent.NAME, trace.text());
        }
        byte[] body = Json.bytes(event);
        int size = body.length + HEADER_ALLOWANCE;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            size += header.getKey().length() + header.getValue().length() + 4;
        }
        if (size >= MAX_BYTES) {
            throw new GodwitException(
                    ErrorCode.DEFECT,
                    event.type().text() + " " + event.id() + " takes " + body.length
                            + " bytes; brokers need forward 64 KiB",
                    "Report it: events carry ids and counts, not what they stand for.");
        }
        return new EncodedEvent(headers, body);
    }

    /**
     * The event of an HTTP request.
     *
     * @param header the value of a header by its name in lower case, null where there is none
     * @throws GodwitException EVENT_MALFORMED
     */
    public static ReceivedEvent decode(Lookup header, byte[] body) {
        String contentType = header.get("content-type");
        if (contentType != null && !contentType.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            throw malformed("content type " + contentType + " instead of " + JSON, null);
        }
        return receive(name -> HeaderText.decode(header.get("ce-" + name)), reader -> reader.readValue(body));
    }

    /**
     * The event of a CloudEvent that a framework has taken apart.
     *
     * @param attribute the value of an attribute by its name, {@code type}; null where there is none
     * @throws GodwitException EVENT_MALFORMED
     */
    public static ReceivedEvent decode(Lookup attribute, JsonNode data) {
        return receive(attribute, reader -> reader.readValue(data));
    }

    private static ReceivedEvent receive(Lookup attribute, Reading reading) {
        String version = required(attribute, "specversion");
        if (!version.equals("1.0")) {
            throw malformed("specversion " + version + " instead of 1.0", null);
        }
        String type = required(attribute, "type");
        Class<? extends Event> form = FORMS.get(type);
        if (form == null) {
            throw malformed("unknown type " + type, null);
        }
        String source = required(attribute, "source");
        String id = required(attribute, "id");
        Event event;
        String about;
        try {
            Event read = reading.read(Json.mapper().readerFor(form));
            if (read == null) {
                throw malformed(type + " " + id + ": the data is null", null);
            }
            event = read;
            about = event.subject();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw malformed(type + " " + id + ": the data is not of the form of its schema", unreadable);
        }
        String subject = attribute.get("subject");
        if (subject != null && !subject.equals(about)) {
            throw malformed(type + " " + id + ": subject " + subject + ", but the data is about " + about, null);
        }
        return new ReceivedEvent(source, id, event);
    }

    private static String required(Lookup attribute, String name) {
        String value = attribute.get(name);
        if (value == null || value.isEmpty()) {
            throw malformed("attribute " + name + " is missing", null);
        }
        return value;
    }

    private static GodwitException malformed(String what, @Nullable Throwable cause) {
        return new GodwitException(
                ErrorCode.EVENT_MALFORMED, "not an event of Godwit: " + what, "See schemas/event/.", cause);
    }

    private static Map<String, Class<? extends Event>> forms() {
        Map<String, Class<? extends Event>> forms = new HashMap<>();
        for (Event.Type type : Event.Type.values()) {
            forms.put(type.text(), form(type));
        }
        return Map.copyOf(forms);
    }

    private static Class<? extends Event> form(Event.Type type) {
        return switch (type) {
            case RUN_REQUESTED -> Event.RunRequested.class;
            case RUN_CONTROLLED -> Event.RunControlled.class;
            case TICKED -> Event.Ticked.class;
            case SUBTASK_READ -> Event.SubtaskRead.class;
            case ROWS_READY -> Event.RowsReady.class;
            case SUBTASK_WRITE -> Event.SubtaskWrite.class;
            case SUBTASK_WRITTEN -> Event.SubtaskWritten.class;
            case SUBTASK_FAILED -> Event.SubtaskFailed.class;
            case RUN_RECORDED -> Event.RunRecorded.class;
        };
    }

    /** Headers or attributes by name; null where there is none of that name. */
    @FunctionalInterface
    public interface Lookup {
        @Nullable
        String get(String name);
    }

    @FunctionalInterface
    private interface Reading {
        @Nullable
        Event read(ObjectReader reader) throws IOException;
    }
}
