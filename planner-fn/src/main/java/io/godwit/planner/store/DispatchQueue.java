package io.godwit.planner.store;

import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.plan.Split;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.SubtaskState;
import io.godwit.core.run.Tally;
import io.godwit.planner.dispatch.Place;
import io.godwit.planner.dispatch.Queued;
import io.godwit.planner.dispatch.Route;
import io.godwit.planner.dispatch.UnderWay;
import io.godwit.planner.dispatch.Waiting;
import io.godwit.planner.dispatch.Windows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What dispatch sees and changes. One transaction of one planner at a time; its cost hangs on what is under way. */
public final class DispatchQueue {
    /** "godwit" in ASCII, cut to what an advisory lock takes. */
    private static final long LOCK = 0x676f64776974L;

    /** What a guess counts for at most: one that is absurd must not keep sums from being numbers. */
    private static final long MOST_BYTES = 1L << 45;

    private DispatchQueue() {}

    /** Keeps other planners from dispatching until the transaction ends. */
    public static void lock(Session session) {
        session.sql("select pg_advisory_xact_lock(?)", LOCK).list(row -> true);
    }

    /**
     * Everything that takes room, added up where it is kept: it may be tens of thousands of subtasks. A run's row is
     * looked at once, not once a subtask: it changes with every event, and what it was lies before what it is.
     */
    public static List<UnderWay> underWay(Session session) {
        return session.sql("""
                        with each as (
                            select run, step, source, sink, coalesce(pool, '') as pool, state,
                                   coalesce(not_before > now(), false) as backs_off,
                                   case when state = 'READING' then lane end as lane,
                                   least(case when state = 'READING' then estimated_bytes else coalesce(read_bytes, -1) end, ?)
                                       as bytes,
                                   case when batches > 0 then last_offset - first_offset + 1 else 0 end as offsets
                            from planner.subtask
                            where state in ('READING', 'READ', 'WRITING') or (state = 'PENDING' and not_before is not null)),
                        s as materialized (
                            select run, step, source, sink, pool, state, backs_off, count(*) as subtasks,
                                   sum(case when bytes < 0 then ? else greatest(bytes, ?) end)::bigint as weight,
                                   sum(greatest(bytes, 0))::bigint as bytes, sum(offsets)::bigint as offsets,
                                   array_remove(array_agg(lane), null) as lanes
                            from each group by run, step, source, sink, pool, state, backs_off),
                        r as materialized (
                            select id, concurrency, state in ('RUNNING', 'PAUSED') and not failing as goes
                            from planner.run where id in (select run from s))
                        select t.run, t.step, t.source, t.sink, t.pools, t.max_reads, t.max_writes, r.concurrency,
                               s.pool, s.state, s.backs_off, r.goes, s.subtasks, s.weight, s.bytes, s.offsets, s.lanes
                        from s
                        join r on r.id = s.run
                        join planner.route t on t.run = s.run and t.step = s.step and t.source = s.source and t.sink = s.sink
                        order by s.run, s.step, s.source, s.sink, s.pool, s.state
                        """, MOST_BYTES, Windows.UNKNOWN_WEIGHT, Windows.LEAST_WEIGHT)
                .list(DispatchQueue::underWay);
    }

    /**
     * Routes of steps that are open, of runs that are running. Steps that are read together wait for one another's
     * sinks: rows that one of them cannot take yet would be read for it once more.
     */
    public static List<Route> routes(Session session) {
        return session.sql("""
                        select t.run, t.step, t.source, t.sink, t.pools, t.max_reads, t.max_writes, r.concurrency
                        from planner.run r
                        join planner.step s on s.run = r.id and s.state = 'OPEN' and s.unwritten > 0
                        join planner.route t on t.run = s.run and t.step = s.name
                        where r.state not in ('COMPLETED', 'FAILED', 'CANCELLED') and r.state = 'RUNNING' and not r.failing
                          and (s.together is null or not exists (
                              select from planner.step o where o.run = s.run and o.together = s.together
                                and o.state in ('WAITING', 'PREPARING', 'CLOSED', 'REOPENING')))
                        """).list(DispatchQueue::route);
    }

    /**
     * The fronts of routes' queues, each as long as there is room, without what backs off. Of subtasks that are read
     * together one is read at a time: whoever waits besides gets its rows.
     */
    public static Map<Route, Deque<Queued>> fronts(Session session, Map<Route, Integer> rooms) {
        List<Route> routes = List.copyOf(rooms.keySet());
        Map<Route, Deque<Queued>> fronts = new HashMap<>();
        session.sql(
                        """
                        select r.n, q.id, q.estimated_bytes, q.reads
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::integer[])
                            with ordinality as r (run, step, source, sink, room, n)
                        cross join lateral (
                            select id, estimated_bytes, reads, position from planner.subtask s
                            where s.run = r.run and s.step = r.step and s.source = r.source and s.sink = r.sink
                              and s.state = 'PENDING' and (s.not_before is null or s.not_before <= now())
                              and (s.together is null or not exists (
                                  select from planner.subtask o where o.together = s.together and o.id < s.id
                                    and o.state in ('PENDING', 'READING')))
                            order by s.position limit r.room) q
                        order by r.n, q.position
                        """,
                        texts(routes, route -> route.step().run().value()),
                        texts(routes, route -> route.step().step()),
                        texts(routes, Route::source),
                        texts(routes, Route::sink),
                        routes.stream().map(rooms::get).toList())
                .list(row -> fronts.computeIfAbsent(routes.get(row.getInt(1) - 1), route -> new ArrayDeque<>())
                        .add(new Queued(new SubtaskId(row.getString(2)), row.getLong(3), row.getInt(4))));
        return fronts;
    }

    /** The first of those that wait for a writer, of each kind as many as there is room for, in their order. */
    public static List<Waiting> waiting(Session session, Map<UnderWay, Integer> rooms) {
        List<UnderWay> kinds = List.copyOf(rooms.keySet());
        return session.sql(
                        """
                        select k.n, q.id, q.read_bytes, q.offsets, q.writes
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[])
                            with ordinality as k (run, step, source, sink, pool, room, n)
                        cross join lateral (
                            select id, read_bytes, writes, position,
                                   case when batches > 0 then last_offset - first_offset + 1 else 0 end as offsets
                            from planner.subtask s
                            where s.state = 'READ' and s.run = k.run and s.step = k.step and s.source = k.source
                              and s.sink = k.sink and s.pool = k.pool and (s.not_before is null or s.not_before <= now())
                            order by s.position limit k.room) q
                        order by k.run, q.position
                        """,
                        texts(kinds, kind -> kind.route().step().run().value()),
                        texts(kinds, kind -> kind.route().step().step()),
                        texts(kinds, kind -> kind.route().source()),
                        texts(kinds, kind -> kind.route().sink()),
                        texts(kinds, UnderWay::pool),
                        kinds.stream().map(rooms::get).toList())
                .list(row -> {
                    UnderWay kind = kinds.get(row.getInt(1) - 1);
                    return new Waiting(
                            new SubtaskId(row.getString(2)),
                            kind.route(),
                            kind.pool(),
                            row.getLong(3),
                            row.getLong(4),
                            row.getInt(5));
                });
    }

    private static <T> List<String> texts(List<T> all, Function<T, String> text) {
        return all.stream().map(text).toList();
    }

    /** Locks the rows of runs, and says which of them still run, and which of them still write. */
    public static Going lockGoing(Session session, Set<RunId> runs) {
        List<RunId> reading = new ArrayList<>();
        List<RunId> writing = session.sql("""
                        select id, state from planner.run
                        where id = any (?) and state in ('RUNNING', 'PAUSED') and not failing order by id for update
                        """, runs.stream().map(RunId::value).toList())
                .list(row -> {
                    RunId run = new RunId(row.getString(1));
                    if (row.getString(2).equals("RUNNING")) {
                        reading.add(run);
                    }
                    return run;
                });
        return new Going(Set.copyOf(reading), Set.copyOf(writing));
    }

    /** Runs that may be given reads, and those that may be given writes. */
    public record Going(Set<RunId> reading, Set<RunId> writing) {}

    /** A read to be given away. */
    public record Read(Queued subtask, Place place, Duration lease) {}

    /** A write to be given away. */
    public record Write(Waiting subtask, Duration lease) {}

    /** Marks subtasks as being read, and answers the events that say so: those that still waited. */
    public static List<SubtaskRead> giveReads(Session session, Collection<Read> reads) {
        return session.sql(
                        """
                        update planner.subtask s
                        set state = 'READING', reads = reads + 1, pool = g.pool, topic = g.topic, lane = g.lane,
                            lease_until = now() + g.lease * interval '1 millisecond', not_before = null
                        from unnest(?::text[], ?::text[], ?::text[], ?::integer[], ?::bigint[])
                            as g (id, pool, topic, lane, lease)
                        where s.id = g.id and s.state = 'PENDING'
                        returning s.id, s.table_plan, s.pool, s.split, s.topic, s.lane, s.reads
                        """,
                        reads.stream().map(read -> read.subtask().id().value()).toList(),
                        reads.stream().map(read -> read.place().pool()).toList(),
                        reads.stream().map(read -> read.place().lane().topic()).toList(),
                        reads.stream()
                                .map(read -> read.place().lane().partition())
                                .toList(),
                        reads.stream().map(read -> read.lease().toMillis()).toList())
                .list(DispatchQueue::readEvent);
    }

    /** Marks subtasks as being written, and answers the events that say so: those that still waited. */
    public static List<SubtaskWrite> giveWrites(Session session, Collection<Write> writes) {
        return session.sql(
                        """
                        update planner.subtask s
                        set state = 'WRITING', writes = writes + 1,
                            lease_until = now() + g.lease * interval '1 millisecond', not_before = null
                        from unnest(?::text[], ?::bigint[]) as g (id, lease)
                        where s.id = g.id and s.state = 'READ'
                        returning s.id, s.table_plan, s.pool, s.attempt, s.topic, s.lane, s.first_offset, s.last_offset,
                                  s.batches, s.read_rows, s.read_bytes, s.read_digest, s.writes, s.read_as
                        """,
                        writes.stream()
                                .map(write -> write.subtask().id().value())
                                .toList(),
                        writes.stream().map(write -> write.lease().toMillis()).toList())
                .list(DispatchQueue::writeEvent);
    }

    private static UnderWay underWay(ResultSet row) throws SQLException {
        return new UnderWay(
                route(row),
                row.getString(9),
                SubtaskState.valueOf(row.getString(10)),
                row.getBoolean(11),
                row.getBoolean(12),
                row.getInt(13),
                row.getLong(14),
                row.getLong(15),
                row.getLong(16),
                List.of((Integer[]) row.getArray("lanes").getArray()));
    }

    private static Route route(ResultSet row) throws SQLException {
        return new Route(
                StepId.of(new RunId(row.getString(1)), row.getString(2)),
                row.getString(3),
                row.getString(4),
                Steps.texts(row, "pools"),
                row.getInt(6),
                row.getInt(7),
                row.getInt(8));
    }

    private static SubtaskRead readEvent(ResultSet row) throws SQLException {
        return new SubtaskRead(
                new SubtaskId(row.getString(1)),
                row.getString(2),
                row.getString(3),
                JsonText.read(row.getString(4), Split.class),
                new Lane(row.getString(5), row.getInt(6)),
                row.getInt(7));
    }

    private static SubtaskWrite writeEvent(ResultSet row) throws SQLException {
        Lane lane = new Lane(row.getString(5), row.getInt(6));
        return new SubtaskWrite(
                new SubtaskId(row.getString(1)),
                row.getString(2),
                row.getString(3),
                new AttemptId(row.getString(4)),
                new BatchRange(lane, row.getLong(7), row.getLong(8), row.getInt(9)),
                new Tally(row.getLong(10), row.getLong(11), new Digest(row.getLong(12))),
                row.getInt(13),
                row.getString(14) == null ? null : new SubtaskId(row.getString(14)));
    }
}
