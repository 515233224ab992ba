package io.godwit.planner.store;

import io.godwit.core.run.RunId;
import io.godwit.core.run.SubtaskId;
import java.util.List;

/** Whether what was read is what was written. */
public final class Proofs {
    private static final int NAMED = 3;

    private Proofs() {}

    /**
     * Subtasks of a run, but for those that others took the place of, whose rows read are not, by number and digest,
     * its rows written and quarantined; at most three. Digests are sums modulo 2^64, kept as signed numbers.
     */
    public static List<SubtaskId> unproved(Session session, RunId run) {
        return session.sql("""
                        select s.id from planner.subtask s
                        left join planner.earlier_attempt e on e.subtask = s.id and e.attempt = s.written_attempt
                        where s.id >= ? and s.id < ? and s.state <> 'VOID' and (
                            s.state <> 'WRITTEN'
                            or coalesce(
                                case when s.attempt = s.written_attempt then s.read_rows else e.read_rows end
                                <> s.written_rows + s.quarantined_rows, true)
                            or coalesce(
                                mod(case when s.attempt = s.written_attempt then s.read_digest else e.read_digest end::numeric
                                    - s.written_digest - s.quarantined_digest, 18446744073709551616) <> 0, true))
                        order by s.id limit ?
                        """, IdRange.from(run), IdRange.to(run), NAMED).list(row -> new SubtaskId(row.getString(1)));
    }
}
