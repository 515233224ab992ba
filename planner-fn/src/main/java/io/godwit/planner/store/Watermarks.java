package io.godwit.planner.store;

import io.godwit.core.run.RunId;
import java.util.Optional;

/** How far incremental steps have come. */
public final class Watermarks {
    private Watermarks() {}

    /** The value that the last completed run reached. */
    public static Optional<String> find(Session session, String job, String step, String source, String column) {
        return session.sql(
                        "select value from planner.watermark where job = ? and step = ? and source = ? and name = ?",
                        job,
                        step,
                        source,
                        column)
                .first(row -> row.getString(1));
    }

    /** Takes over what the run has reached. In the transaction that completes it, and nowhere else. */
    public static void advance(Session session, RunId run) {
        session.sql("""
                        insert into planner.watermark (job, step, source, name, value, run)
                        select distinct on (t.step, t.watermark_source, t.watermark_column)
                            r.job, t.step, t.watermark_source, t.watermark_column, t.watermark_value, r.id
                        from planner.table_plan t join planner.run r on r.id = t.run
                        where t.run = ? and t.watermark_value is not null
                        on conflict (job, step, source, name) do update set value = excluded.value, run = excluded.run
                        """, run.value()).update();
    }
}
