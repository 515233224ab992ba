package io.godwit.platform.event;

import io.godwit.core.event.Event;
import io.godwit.core.event.Fact;
import io.godwit.core.exchange.Lane;
import io.godwit.core.plan.Split;
import io.godwit.core.run.SubtaskId;
import io.godwit.platform.Samples;
import java.util.stream.Stream;

/** Events of every type, with every kind of split and of fact. */
final class EventSamples {
    private static final SubtaskId SUBTASK = Samples.full(SubtaskId.class);

    private EventSamples() {}

    static Stream<Event> all() {
        Stream<Event> byType = Samples.of(Event.class);
        Stream<Event> bySplit = Samples.of(Split.class)
                .map(split -> new Event.SubtaskRead(SUBTASK, "plan/0", "eu", split, new Lane("godwit.rows.eu", 3), 1));
        Stream<Event> byFact = Samples.of(Fact.class)
                .map(fact -> new Event.RunRecorded(
                        SUBTASK.run(), 1, Samples.full(Event.Ticked.class).at(), fact));
        return Stream.of(byType, bySplit, byFact).flatMap(events -> events);
    }
}
