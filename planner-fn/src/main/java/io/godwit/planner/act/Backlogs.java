package io.godwit.planner.act;

import io.godwit.core.port.Meters.Backlog;
import io.godwit.core.run.SubtaskState;
import io.godwit.planner.dispatch.UnderWay;
import io.godwit.planner.dispatch.Waiting;
import io.godwit.planner.store.DispatchQueue.Read;
import io.godwit.planner.store.DispatchQueue.Write;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is under way, added up per pool and state, from what dispatch saw and gave: no statement of its own. */
final class Backlogs {
    private final Map<List<Object>, Backlog> sums = new LinkedHashMap<>();

    /** As it was before anything was given. */
    Backlogs(Collection<UnderWay> underWay) {
        underWay.stream()
                .filter(UnderWay::takesCredit)
                .forEach(each ->
                        add(new Backlog(each.pool(), each.state(), each.subtasks(), each.bytes(), each.offsets())));
    }

    /** These were given too. */
    Collection<Backlog> with(Collection<Read> reads, Collection<Write> writes) {
        for (Read read : reads) {
            long bytes = Math.max(0, read.subtask().bytes());
            add(new Backlog(read.place().pool(), SubtaskState.READING, 1, bytes, 0));
        }
        for (Write write : writes) {
            Waiting given = write.subtask();
            add(new Backlog(given.pool(), SubtaskState.READ, -1, -given.bytes(), -given.offsets()));
            add(new Backlog(given.pool(), SubtaskState.WRITING, 1, given.bytes(), given.offsets()));
        }
        return sums.values();
    }

    private void add(Backlog more) {
        sums.merge(
                List.of(more.pool(), more.state()),
                more,
                (one, other) -> new Backlog(
                        one.pool(),
                        one.state(),
                        one.subtasks() + other.subtasks(),
                        one.bytes() + other.bytes(),
                        one.offsets() + other.offsets()));
    }
}
