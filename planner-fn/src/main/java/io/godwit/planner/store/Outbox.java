package io.godwit.planner.store;

import io.godwit.core.event.Event;
import io.godwit.core.event.Fact;
import io.godwit.platform.json.Json;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that are stored with the change that they tell of, until the broker has taken them. Facts stay a while longer:
 * nobody else tells what they tell, and a broker that ends may take with it what it has not delivered.
 */
public final class Outbox {
    /** Facts kept after they were taken: as many as a broker may hold undelivered. */
    private static final int KEPT_FACTS = 20_000;

    /** How often a run's state is told again, and how long after the last time. */
    private static final long TOLD_AGAIN = 2;

    private static final Duration TOLD_AGAIN_AFTER = Duration.ofSeconds(10);

    private static final String FACT = Event.Type.RUN_RECORDED.name();

    private Outbox() {}

    /** A stored event. */
    record Letter(long id, Event event, @Nullable String traceparent) {}

    static List<Letter> store(Session session, List<Event> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Iterator<Event> each = events.iterator();
        return session.sql(
                        """
                        insert into planner.outbox (type, event, traceparent, tell_again)
                        select type, event, (select r.traceparent from planner.run r where r.id = run), again
                        from unnest(?::text[], ?::text[], ?::text[], ?::int[]) with ordinality
                            as e (type, event, run, again, n) order by n
                        returning id, traceparent
                        """,
                        events.stream().map(event -> event.type().name()).toList(),
                        events.stream().map(Json::text).toList(),
                        events.stream().map(Outbox::tracedRun).toList(),
                        events.stream().map(Outbox::tellAgain).toList())
                .list(row -> new Letter(row.getLong(1), each.next(), row.getString(2)));
    }

    /** The run in whose trace the event belongs. Facts are told to ops, and cause nothing. */
    private static String tracedRun(Event event) {
        if (event instanceof Event.SubtaskRead read) {
            return read.subtask().run().value();
        }
        return event instanceof Event.SubtaskWrite write ? write.subtask().run().value() : "";
    }

    /** A run whose last state got lost on its way would look under way for ever. */
    private static Long tellAgain(Event event) {
        boolean state = event instanceof Event.RunRecorded fact && fact.fact() instanceof Fact.StateChanged;
        return state ? TOLD_AGAIN : 0;
    }

    /** Has states of runs told again that were told a while ago. */
    static void tellAgain(Session session) {
        session.sql("""
                        update planner.outbox set sent_at = null, tell_again = tell_again - 1
                        where tell_again > 0 and sent_at < now() - ? * interval '1 millisecond'
                        """, TOLD_AGAIN_AFTER.toMillis()).update();
    }

    static long waiting(Session session) {
        return session.sql("select count(*) from planner.outbox where sent_at is null")
                .first(row -> row.getLong(1))
                .orElseThrow();
    }

    /** At most {@code limit} that have lain there for {@code age}, by database time. Another may publish them too. */
    static List<Letter> leftOver(Session session, Duration age, int limit) {
        return session.sql("""
                        select id, type, event, traceparent from planner.outbox
                        where sent_at is null and created_at <= now() - ? * interval '1 millisecond'
                        order by id limit ?
                        """, age.toMillis(), limit)
                .list(row -> new Letter(
                        row.getLong(1), JsonText.read(row.getString(3), formOf(row.getString(2))), row.getString(4)));
    }

    /** The broker has taken them. */
    static void settle(Session session, List<Letter> taken) {
        // What a crash undoes of this costs a second publication, which changes nothing: not worth waiting for the
        // disk.
        session.sql("set local synchronous_commit = off").update();
        List<Long> ids = taken.stream().map(Letter::id).toList();
        session.sql("delete from planner.outbox where id = any (?) and type <> ?", ids, FACT)
                .update();
        session.sql("update planner.outbox set sent_at = now() where id = any (?)", ids)
                .update();
    }

    /** Forgets the oldest of the facts that were taken. */
    static void forgetOld(Session session) {
        session.sql("""
                        delete from planner.outbox where sent_at is not null and id <=
                          (select id from planner.outbox where sent_at is not null order by id desc offset ? limit 1)
                        """, KEPT_FACTS).update();
    }

    /** The database's time. */
    static Instant now(Session session) {
        return session.sql("select clock_timestamp()")
                .first(row -> row.getTimestamp(1).toInstant())
                .orElseThrow();
    }

    /** Forgets all that were taken until then: they have arrived. */
    static void forgetTaken(Session session, Instant until) {
        session.sql("delete from planner.outbox where sent_at <= ?", Timestamp.from(until))
                .update();
    }

    /** Takes none for taken any more: they may not have arrived. */
    static void doubtTaken(Session session) {
        session.sql("update planner.outbox set sent_at = null where sent_at is not null")
                .update();
    }

    private static Class<? extends Event> formOf(String type) {
        return switch (Event.Type.valueOf(type)) {
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
}
