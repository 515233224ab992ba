package io.godwit.platform.event;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event as an HTTP message of the binary mode.
 *
 * @param headers names in lower case
 * @param body JSON, less than 64 KiB
 */
@SuppressWarnings("ArrayRecordComponent") // a body is bytes, and nobody compares two
public record EncodedEvent(Map<String, String> headers, byte[] body) {
    public EncodedEvent {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }
}
