package io.godwit.planner.store;

import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.run.SubtaskId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What lies in the lanes of the exchange and is still needed. */
public final class Lanes {
    private Lanes() {}

    private static final Comparator<Lane> ORDER =
            Comparator.comparing(Lane::topic).thenComparing(Lane::partition);

    /**
     * The ranges were announced, each of the subtask that was read. Where nothing else lies in a lane, its highest
     * offset counts anew: topics may be remade. Lanes are locked in one order.
     */
    public static void announced(Session session, Map<SubtaskId, BatchRange> ranges) {
        List<@Nullable Object[]> values = ranges.entrySet().stream()
                .filter(each -> each.getValue().batches() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(BatchRange::lane, ORDER)))
                .map(each -> values(each.getKey(), each.getValue()))
                .toList();
        session.each("""
                        insert into planner.lane (topic, lane, highest) values (?, ?, ?)
                        on conflict (topic, lane) do update set highest = case
                            when exists (
                                select from planner.subtask s
                                where s.state in ('READ', 'WRITING') and s.topic = excluded.topic and s.lane = excluded.lane
                                  and s.batches > 0 and coalesce(s.read_as, s.id) <> ?)
                            then greatest(planner.lane.highest, excluded.highest)
                            else excluded.highest end
                        """, values);
    }

    private static @Nullable Object[] values(SubtaskId subtask, BatchRange range) {
        return new @Nullable Object[] {
            range.lane().topic(), range.lane().partition(), range.lastOffset(), subtask.value()
        };
    }

    /** Below which offset nothing in the lane is announced and unwritten. */
    public static Optional<Long> neededFrom(Session session, Lane lane) {
        return session.sql("""
                        select coalesce(
                            (select min(first_offset) from planner.subtask
                             where state in ('READ', 'WRITING') and topic = l.topic and lane = l.lane and batches > 0),
                            highest + 1)
                        from planner.lane l where topic = ? and lane = ?
                        """, lane.topic(), lane.partition()).first(row -> row.getLong(1));
    }
}
