package io.godwit.planner.store;

import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Duties: durable, leased by one planner at a time. A planner that lost its lease finds its duty held by another, and
 * its work not counted.
 */
public final class Duties {
    private Duties() {}

    public static void owe(Session session, RunId run, DutyKind kind) {
        owe(session, run, kind, "");
    }

    public static void owe(Session session, StepId step, DutyKind kind) {
        owe(session, step.run(), kind, step.step());
    }

    private static void owe(Session session, RunId run, DutyKind kind, String step) {
        session.sql(
                        "insert into planner.duty (run, kind, step) values (?, ?, ?) on conflict do nothing",
                        run.value(),
                        kind.name(),
                        step)
                .update();
    }

    /** As {@link #owe}, due after a while. */
    public static void oweLater(Session session, RunId run, DutyKind kind, Duration delay) {
        session.sql("""
                        insert into planner.duty (run, kind, not_before) values (?, ?, now() + ? * interval '1 millisecond')
                        on conflict do nothing
                        """, run.value(), kind.name(), delay.toMillis()).update();
    }

    /**
     * Drops what the run owes and nobody is at. What somebody is at he ends by himself, and the run's closing waits for
     * it: a sink must not be prepared after it was closed.
     */
    public static void drop(Session session, RunId run) {
        session.sql(
                        "delete from planner.duty where run = ? and (lease_until is null or lease_until <= now())",
                        run.value())
                .update();
    }

    /** Takes a duty that is due and that nobody holds. Closing and anything else are never under way at once. */
    public static Optional<Duty> take(Session session, String holder, Duration lease) {
        return session.sql("""
                        update planner.duty d
                        set holder = ?, lease_until = now() + ? * interval '1 millisecond'
                        where (run, kind, step) = (
                            select run, kind, step from planner.duty c
                            where not_before <= now() and (lease_until is null or lease_until <= now())
                              and not exists (
                                  select from planner.duty o where o.run = c.run and o.lease_until > now()
                                    and (o.kind = 'CLOSE') <> (c.kind = 'CLOSE'))
                            order by not_before limit 1 for update skip locked)
                        returning run, kind, step, tries
                        """, holder, lease.toMillis()).first(Duties::read);
    }

    /** Holds on to a duty; false where another holds it, or it is no more. */
    public static boolean renew(Session session, Duty duty, String holder, Duration lease) {
        return session.sql(
                                "update planner.duty set lease_until = now() + ? * interval '1 millisecond' where "
                                        + HELD,
                                lease.toMillis(),
                                duty.run().value(),
                                duty.kind().name(),
                                duty.step(),
                                holder)
                        .update()
                == 1;
    }

    /** Strikes a duty off; false where another holds it, or it is no more: the work must then not be counted. */
    public static boolean done(Session session, Duty duty, String holder) {
        return session.sql(
                                "delete from planner.duty where " + HELD,
                                duty.run().value(),
                                duty.kind().name(),
                                duty.step(),
                                holder)
                        .update()
                == 1;
    }

    /** Lets go of a duty that came to nothing, for a while. */
    public static boolean tryLater(Session session, Duty duty, String holder, Duration delay) {
        return session.sql(
                                """
                                update planner.duty
                                set tries = tries + 1, holder = null, lease_until = null,
                                    not_before = now() + ? * interval '1 millisecond'
                                where \
                                """ + HELD,
                                delay.toMillis(),
                                duty.run().value(),
                                duty.kind().name(),
                                duty.step(),
                                holder)
                        .update()
                == 1;
    }

    /** Frees every duty: nobody who held one lives. */
    static int free(Session session) {
        return session.sql(
                        "update planner.duty set holder = null, lease_until = null, not_before = now() where lease_until is not null")
                .update();
    }

    private static final String HELD = "run = ? and kind = ? and step = ? and holder = ? and lease_until > now()";

    private static Duty read(ResultSet row) throws SQLException {
        return new Duty(
                new RunId(row.getString("run")),
                DutyKind.valueOf(row.getString("kind")),
                row.getString("step"),
                row.getInt("tries"));
    }
}
