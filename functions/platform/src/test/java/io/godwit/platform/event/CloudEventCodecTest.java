package io.godwit.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.core.event.Fact;
import io.godwit.platform.Samples;
import io.godwit.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventCodecTest {
    private static final Event.RunRecorded NOTED = new Event.RunRecorded(
            Samples.full(io.godwit.core.run.RunId.class),
            7,
            Samples.full(Event.Ticked.class).at(),
            new Fact.Noted("orders not split: no key, 12 MB"));

    static Stream<Event> events() {
        return EventSamples.all();
    }

    @ParameterizedTest
    @MethodSource("events")
    void eventComesBackAsItWas(Event event) {
        EncodedEvent encoded = CloudEventCodec.encode(event, EventSource.READER);
        assertThat(CloudEventCodec.decode(encoded.headers()::get, encoded.body()))
                .isEqualTo(new ReceivedEvent("/godwit/reader", event.id(), event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void headersArePrintableAsciiAndTellTheEventApart(Event event) {
        Map<String, String> headers =
                CloudEventCodec.encode(event, EventSource.PLANNER).headers();
        assertThat(headers.values()).allMatch(value -> value.matches("[!-~]+"));
        assertThat(headers)
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-type", event.type().text())
                .containsEntry("ce-source", "/godwit/planner")
                .containsEntry("content-type", "application/json")
                .containsKeys("ce-id", "ce-subject");
        assertThat(headers.containsKey("ce-pool")).isEqualTo(event.routedTo() != null);
    }

    @Test
    void sameEventHasSameBytes() {
        assertThat(CloudEventCodec.encode(NOTED, EventSource.PLANNER).body())
                .isEqualTo(CloudEventCodec.encode(NOTED, EventSource.PLANNER).body());
    }

    @Test
    void attributesBeyondAsciiArePercentEncoded() {
        assertThat(HeaderText.encode("Euro € 100% \"😀\"")).isEqualTo("Euro%20%E2%82%AC%20100%25%20%22%F0%9F%98%80%22");
        assertThat(HeaderText.decode("Euro%20%E2%82%AC%20100%25%20%22%F0%9F%98%80%22"))
                .isEqualTo("Euro € 100% \"😀\"");
        assertThat(HeaderText.decode("100%")).isEqualTo("100%");
        assertThat(HeaderText.decode("%zz%4")).isEqualTo("%zz%4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-specversion", "ce-type", "ce-source", "ce-id"})
    void eventWithoutRequiredAttributeIsRefused(String header) {
        assertRefused(header, null);
        assertRefused(header, "");
    }

    @Test
    void eventOfOtherVersionTypeSubjectOrContentIsRefused() {
        assertRefused("ce-specversion", "0.3");
        assertRefused("ce-type", "io.godwit.run.unheard-of");
        assertRefused("ce-type", "io.godwit.ticked");
        assertRefused("ce-subject", "another.20260101T000000Z");
        assertRefused("content-type", "application/xml");
    }

    @Test
    void eventOfSomeoneElseMayCarryItsOwnSourceAndId() {
        Map<String, String> headers = headers();
        headers.put("ce-source", "/apis/v1/namespaces/godwit/pingsources/tick");
        headers.put("ce-id", "e3a1");
        headers.remove("ce-subject");
        headers.put("ce-knativearrivaltime", "2026-11-22T02:00:00Z");
        headers.put("content-type", "application/json; charset=utf-8");
        assertThat(CloudEventCodec.decode(headers::get, body()).event()).isEqualTo(NOTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}", "{}{}"})
    void bodyThatIsNoEventIsRefused(String body) {
        GodwitException refused = catchThrowableOfType(
                GodwitException.class,
                () -> CloudEventCodec.decode(headers()::get, body.getBytes(StandardCharsets.UTF_8)));
        assertThat(refused.code()).isEqualTo(ErrorCode.EVENT_MALFORMED);
    }

    @Test
    void runRequestForWhatCannotBeARunIsRefused() {
        Map<String, String> headers = headers();
        headers.put("ce-type", Event.Type.RUN_REQUESTED.text());
        headers.remove("ce-subject");
        byte[] body = "{\"job\":\"No Such Name\",\"planTime\":\"2026-01-01T00:00:00Z\",\"parameters\":{}}"
                .getBytes(StandardCharsets.UTF_8);
        GodwitException refused =
                catchThrowableOfType(GodwitException.class, () -> CloudEventCodec.decode(headers::get, body));
        assertThat(refused.code()).isEqualTo(ErrorCode.EVENT_MALFORMED);
    }

    /** What is counted with them later must neither overflow nor fall below nothing. */
    @ParameterizedTest
    @CsvSource({
        "RowsReady, /range/lane/partition, -1",
        "RowsReady, /range/firstOffset, -1",
        "RowsReady, /range/lastOffset, 0",
        "RowsReady, /range/lastOffset, 9223372036854775807",
        "RowsReady, /range/lastOffset, 4611686018427387904",
        "RowsReady, /range/batches, -1",
        "RowsReady, /range/batches, 0",
        "RowsReady, /read/rows, 0",
        "RowsReady, /read/rows, -7",
        "RowsReady, /read/bytes, -7",
        "RowsReady, /read/bytes, 9223372036854775807",
        "RowsReady, /read/rows, 9223372036854775807",
        "RowsReady, /millis, 9223372036854775807",
        "RowsReady, /millis, -1",
        "RowsReady, /filtered, -1",
        "SubtaskRead, /lane/partition, -1",
        "SubtaskRead, /dispatch, 0",
        "SubtaskWrite, /range/lastOffset, 9223372036854775807",
        "SubtaskWrite, /read/rows, -7",
        "SubtaskWrite, /dispatch, 0",
        "SubtaskWritten, /written/rows, -7",
        "SubtaskWritten, /written/bytes, -7",
        "SubtaskWritten, /quarantined/rows, -7",
        "SubtaskWritten, /quarantined/bytes, 9223372036854775807",
        "SubtaskWritten, /millis, -1",
        "SubtaskFailed, /dispatch, -1"
    })
    void eventWithANumberThatNoFunctionSendsIsRefused(String type, String where, long number) {
        Event event = Samples.of(Event.class)
                .filter(sample -> sample.getClass().getSimpleName().equals(type))
                .findFirst()
                .orElseThrow();
        JsonPointer pointer = JsonPointer.compile(where);
        JsonNode body = Json.mapper().valueToTree(event);
        ((ObjectNode) body.at(pointer.head())).put(pointer.last().getMatchingProperty(), number);
        Map<String, String> headers =
                CloudEventCodec.encode(event, EventSource.CLI).headers();

        GodwitException refused = catchThrowableOfType(
                GodwitException.class, () -> CloudEventCodec.decode(headers::get, Json.bytes(body)));

        assertThat(refused).as(body.toString()).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.EVENT_MALFORMED);
    }

    @Test
    void eventThatBrokersNeedNotForwardIsADefect() {
        Event tooLarge = new Event.RunRecorded(NOTED.run(), 1, NOTED.at(), new Fact.Noted("x".repeat(62_000)));
        GodwitException refused = catchThrowableOfType(
                GodwitException.class, () -> CloudEventCodec.encode(tooLarge, EventSource.PLANNER));
        assertThat(refused.code()).isEqualTo(ErrorCode.DEFECT);
        Event large = new Event.RunRecorded(NOTED.run(), 1, NOTED.at(), new Fact.Noted("x".repeat(60_000)));
        assertThat(CloudEventCodec.encode(large, EventSource.PLANNER).body()).hasSizeLessThan(64 << 10);
    }

    private static void assertRefused(String header, @Nullable String value) {
        Map<String, String> headers = headers();
        headers.remove(header);
        if (value != null) {
            headers.put(header, value);
        }
        GodwitException refused =
                catchThrowableOfType(GodwitException.class, () -> CloudEventCodec.decode(headers::get, body()));
        assertThat(refused).as(header + ": " + value).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.EVENT_MALFORMED);
    }

    private static Map<String, String> headers() {
        return new TreeMap<>(CloudEventCodec.encode(NOTED, EventSource.PLANNER).headers());
    }

    private static byte[] body() {
        return CloudEventCodec.encode(NOTED, EventSource.PLANNER).body();
    }
}
