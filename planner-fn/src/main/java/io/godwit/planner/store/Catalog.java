package io.godwit.planner.store;

import io.godwit.core.question.PlannerQuestions.JobSummary;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connections and jobs by name, each with the document that it stands for now. */
public final class Catalog {
    private static final String JOBS = "select name, document, upstream, cron, time_zone, next_due from planner.job ";

    private Catalog() {}

    /**
     * A job of the catalog.
     *
     * @param upstream jobs after which it runs
     * @param nextDue when it runs next by its schedule; null where it has none
     */
    public record CatalogJob(
            String name,
            String document,
            List<String> upstream,
            @Nullable String cron,
            @Nullable String timeZone,
            @Nullable Instant nextDue) {
        public CatalogJob {
            upstream = List.copyOf(upstream);
        }
    }

    public static Optional<CatalogJob> job(Session session, String name) {
        return session.sql(JOBS + "where name = ?", name).first(Catalog::job);
    }

    /** The same, its row locked: of two requests for a run of one job, the second sees the first. */
    public static Optional<CatalogJob> lockJob(Session session, String name) {
        return session.sql(JOBS + "where name = ? for update", name).first(Catalog::job);
    }

    /**
     * Jobs that wait for the one named, their rows locked: of two jobs that complete at once, the second sees the
     * first.
     */
    public static List<CatalogJob> jobsAfter(Session session, String upstream) {
        return session.sql(JOBS + "where upstream @> ? order by name for update", List.of(upstream))
                .list(Catalog::job);
    }

    /** Jobs whose time has come, locked, without those that another planner is at. */
    public static List<CatalogJob> due(Session session) {
        return session.sql(JOBS + "where next_due <= now() order by name for update skip locked")
                .list(Catalog::job);
    }

    public static void nextDue(Session session, String job, @Nullable Instant due) {
        session.sql("update planner.job set next_due = ?::timestamptz where name = ?", due, job)
                .update();
    }

    /** Keeps a job; its next run is due at {@code nextDue}. */
    public static void keep(Session session, CatalogJob job) {
        session.sql("""
                        insert into planner.job (name, document, upstream, cron, time_zone, next_due)
                        values (?, ?, ?, ?, ?, ?::timestamptz)
                        on conflict (name) do update
                        set document = excluded.document, upstream = excluded.upstream, cron = excluded.cron,
                            time_zone = excluded.time_zone, next_due = excluded.next_due
                        """, job.name(), job.document(), job.upstream(), job.cron(), job.timeZone(), job.nextDue())
                .update();
    }

    /** The documents of all connections, by name. */
    public static Map<String, String> connections(Session session) {
        Map<String, String> all = new HashMap<>();
        session.sql("select name, document from planner.connection")
                .list(row -> all.put(row.getString(1), row.getString(2)));
        return all;
    }

    public static void keepConnection(Session session, String name, String document) {
        session.sql("""
                        insert into planner.connection (name, document) values (?, ?)
                        on conflict (name) do update set document = excluded.document
                        """, name, document).update();
    }

    /** Jobs by name, each with its latest run. */
    public static List<JobSummary> summaries(Session session) {
        return session.sql("""
                        select j.name, j.cron, j.time_zone, j.next_due, r.id, r.state from planner.job j
                        left join lateral (
                            select id, state from planner.run where job = j.name order by plan_time desc limit 1) r on true
                        order by j.name
                        """).list(row -> {
            String run = row.getString(5);
            return new JobSummary(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    instant(row, "next_due"),
                    run == null ? null : new RunId(run),
                    run == null ? null : RunState.valueOf(row.getString(6)));
        });
    }

    /** The database's time: schedules and leases go by one clock. */
    public static Instant now(Session session) {
        return session.sql("select now()")
                .first(row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .orElseThrow();
    }

    private static CatalogJob job(ResultSet row) throws SQLException {
        return new CatalogJob(
                row.getString("name"),
                row.getString("document"),
                Steps.texts(row, "upstream"),
                row.getString("cron"),
                row.getString("time_zone"),
                instant(row, "next_due"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
