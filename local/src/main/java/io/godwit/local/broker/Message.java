package io.godwit.local.broker;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;

/**
 * A CloudEvent in HTTP binary mode.
 *
 * @param attributes context attributes by name, without the {@code ce-} prefix, and {@code content-type}
 */
@SuppressWarnings("ArrayRecordComponent") // a body is bytes, and nobody compares two
public record Message(Map<String, String> attributes, byte[] body) {
    /** The header that states the form of the body; the one attribute that has no prefix on the wire. */
    static final String CONTENT_TYPE = "content-type";

    public Message {
        attributes = Map.copyOf(attributes);
    }

    /** Takes the attributes out of HTTP headers, whose names come in any case. */
    static Message of(Iterable<Map.Entry<String, String>> headers, byte[] body) {
        Map<String, String> attributes = new TreeMap<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
            if (name.startsWith("ce-")) {
                attributes.put(name.substring(3), header.getValue());
            } else if (name.equals(CONTENT_TYPE)) {
                attributes.put(CONTENT_TYPE, header.getValue());
            }
        }
        return new Message(attributes, body);
    }

    /** Sets the attributes as headers. */
    void addTo(HttpRequest.Builder request) {
        attributes.forEach((name, value) -> request.header(name.equals(CONTENT_TYPE) ? name : "ce-" + name, value));
    }

    String type() {
        return attributes.getOrDefault("type", "");
    }

    String id() {
        return attributes.getOrDefault("id", "");
    }

    boolean isEvent() {
        return attributes.containsKey("id") && attributes.containsKey("type");
    }
}
