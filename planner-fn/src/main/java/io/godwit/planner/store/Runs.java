package io.godwit.planner.store;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.planner.run.RunStatus;
import io.godwit.platform.json.Json;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of runs. Whoever changes anything of a run holds its row locked. */
public final class Runs {
    private static final String COLUMNS = """
            select id, job, plan_time, state, failing, planned, snapshots, job_document, connections, parameters, concurrency,
                   error
            from planner.run
            """;

    private Runs() {}

    /** Keeps a new run, in the trace in which it was asked for; false where there is one of its job and plan time. */
    public static boolean insert(Session session, Run run) {
        TraceParent trace = Traces.current();
        return session.sql(
                                """
                                insert into planner.run
                                    (id, job, plan_time, state, job_document, connections, parameters, concurrency,
                                     traceparent)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict do nothing
                                """,
                                run.id().value(),
                                run.job(),
                                run.planTime(),
                                run.status().state().name(),
                                run.jobDocument(),
                                Json.text(run.connections()),
                                Json.text(run.parameters()),
                                run.concurrency(),
                                trace == null ? null : trace.text())
                        .update()
                == 1;
    }

    public static Optional<Run> find(Session session, RunId id) {
        return session.sql(COLUMNS + "where id = ?", id.value()).first(Runs::read);
    }

    /** The trace in which it was asked for; empty where nobody traced that. */
    public static Optional<TraceParent> traceOf(Session session, RunId id) {
        return session.sql("select traceparent from planner.run where id = ? and traceparent is not null", id.value())
                .first(row -> row.getString(1))
                .map(TraceParent::parse);
    }

    /** The run whose quarantined rows it replays; empty where it is no replay. */
    public static Optional<RunId> replays(Session session, RunId id) {
        return session.sql("select replays from planner.run where id = ? and replays is not null", id.value())
                .first(row -> new RunId(row.getString(1)));
    }

    /** Its replays, the oldest first. */
    public static List<RunId> replaysOf(Session session, RunId id) {
        return session.sql("select id from planner.run where replays = ? order by created_at, id", id.value())
                .list(row -> new RunId(row.getString(1)));
    }

    /** The last run of the same job that was made after it and has completed, replays left out. */
    public static Optional<RunId> completedAfter(Session session, RunId id) {
        return session.sql("""
                        select l.id from planner.run l join planner.run r on l.job = r.job
                        where r.id = ? and (l.created_at, l.id) > (r.created_at, r.id) and l.state = 'COMPLETED'
                          and l.replays is null
                        order by l.created_at desc, l.id desc limit 1
                        """, id.value()).first(row -> new RunId(row.getString(1)));
    }

    /** Notes of a new run that it replays another. */
    public static void replaying(Session session, RunId id, RunId of) {
        session.sql("update planner.run set replays = ? where id = ?", of.value(), id.value())
                .update();
    }

    /** The run, locked until the transaction ends; empty where nobody has heard of it. */
    public static Optional<Run> lock(Session session, RunId id) {
        return session.sql(COLUMNS + "where id = ? for update", id.value()).first(Runs::read);
    }

    /** Runs of a job that have not ended, the oldest first. */
    public static List<Run> unfinished(Session session, String job) {
        return session.sql(
                        COLUMNS
                                + "where job = ? and state not in ('COMPLETED', 'FAILED', 'CANCELLED') order by created_at, id",
                        job)
                .list(Runs::read);
    }

    /** Which of the jobs have completed a run for the plan time of this one. */
    public static boolean allCompleted(Session session, List<String> jobs, Run run) {
        return session.sql(
                        "select count(*) = ? from planner.run where job = any (?) and plan_time = ? and state = 'COMPLETED'",
                        jobs.size(),
                        jobs,
                        run.planTime())
                .first(row -> row.getBoolean(1))
                .orElseThrow();
    }

    public static void save(Session session, Run run, @Nullable ErrorInfo error) {
        RunStatus status = run.status();
        session.sql(
                        """
                        update planner.run
                        set state = ?, failing = ?, planned = ?, error = ?, ended_at = case when ? then now() end
                        where id = ?
                        """,
                        status.state().name(),
                        status.failing(),
                        status.planned(),
                        JsonText.writeOrNull(error),
                        status.state().isEnded(),
                        run.id().value())
                .update();
    }

    /** Notes that readers may hold snapshots for it from now on. */
    public static void willHoldSnapshots(Session session, RunId id) {
        session.sql("update planner.run set snapshots = true where id = ?", id.value())
                .update();
    }

    public static void resolved(Session session, RunId id, Map<String, String> parameters) {
        session.sql("update planner.run set resolved = ? where id = ?", Json.text(parameters), id.value())
                .update();
    }

    private static Run read(ResultSet row) throws SQLException {
        return new Run(
                new RunId(row.getString("id")),
                row.getString("job"),
                row.getObject("plan_time", OffsetDateTime.class).toInstant(),
                new RunStatus(
                        RunState.valueOf(row.getString("state")), row.getBoolean("failing"), row.getBoolean("planned")),
                row.getBoolean("snapshots"),
                row.getString("job_document"),
                JsonText.texts(row.getString("connections")),
                JsonText.texts(row.getString("parameters")),
                row.getInt("concurrency"),
                JsonText.readOrNull(row.getString("error"), ErrorInfo.class));
    }
}
