package io.godwit.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.event.Event;
import io.godwit.platform.event.CloudEventCodec;
import io.godwit.platform.event.EncodedEvent;
import io.godwit.platform.event.EventSource;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
    private static final TraceParent PLACE = new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nce-type: io.godwit.run.requested"
            })
    void malformedIsNone(String text) {
        assertThat(TraceParent.parse(text)).isNull();
    }

    @Test
    void eventCarriesThePlaceAndKeepsItsId() {
        Event event = new Event.Ticked(Instant.EPOCH);
        EncodedEvent untraced = CloudEventCodec.encode(event, EventSource.PLANNER);
        EncodedEvent[] traced = new EncodedEvent[1];
        Traces.at(PLACE, () -> traced[0] = CloudEventCodec.encode(event, EventSource.PLANNER));

        assertThat(untraced.headers()).doesNotContainKey("ce-traceparent");
        assertThat(traced[0].headers())
                .containsEntry("ce-traceparent", PLACE.text())
                .containsAllEntriesOf(untraced.headers());
        assertThat(traced[0].body()).isEqualTo(untraced.body());
    }

    @Test
    void workWithoutAPlaceDoesNotTakeItsSurroundings() {
        Traces.at(PLACE, () -> {
            Traces.at(null, () -> assertThat(Traces.current()).isNull());
            assertThat(Traces.current()).isEqualTo(PLACE);
        });
        assertThat(Traces.current()).isNull();
    }
}
