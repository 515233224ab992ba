package io.godwit.planner.store;

import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What befalls many subtasks of a run at once, its row being locked. */
public final class SubtaskSets {
    private SubtaskSets() {}

    /** Whoever reads or writes is forgotten, and what waits in the exchange given up; all of it is to be read again. */
    public static void giveUpUnderWay(Session session, RunId run) {
        session.sql("""
                        insert into planner.earlier_attempt
                        select id, attempt, read_rows, read_bytes, read_digest from planner.subtask
                        where run = ? and state in ('READING', 'READ', 'WRITING') and attempt is not null
                        on conflict do nothing
                        """, run.value()).update();
        session.sql("""
                        update planner.subtask
                        set state = 'PENDING', attempt = null, first_offset = null, last_offset = null, batches = null,
                            read_rows = null, read_bytes = null, read_digest = null, lease_until = null, not_before = null
                        where run = ? and state in ('READING', 'READ', 'WRITING')
                        """, run.value()).update();
    }

    /** A failed run is tried again: so is what failed in it, and nothing has been tried yet. */
    public static void tryAgain(Session session, RunId run) {
        giveUpUnderWay(session, run);
        session.sql("""
                        update planner.subtask
                        set state = case when state in ('FAILED', 'SPLITTING') then 'PENDING' else state end,
                            tries = 0, not_before = null
                        where id >= ? and id < ? and state not in ('WRITTEN', 'VOID')
                          and (state in ('FAILED', 'SPLITTING') or tries > 0)
                        """, IdRange.from(run), IdRange.to(run)).update();
    }

    /** A cancelled run's subtasks will never be written. */
    public static void voidUnwritten(Session session, RunId run) {
        session.sql("""
                        update planner.subtask set state = 'VOID', lease_until = null, not_before = null
                        where id >= ? and id < ? and state <> 'WRITTEN'
                        """, IdRange.from(run), IdRange.to(run)).update();
    }

    /** Of what the ledger holds, what the planner does not hold for written. */
    public static List<SubtaskId> notKnownWritten(Session session, StepId step, List<SubtaskId> ledger) {
        return session.sql(
                        """
                        select id from planner.subtask
                        where id >= ? and id < ? and state <> 'WRITTEN' and id = any (?) order by id
                        """,
                        IdRange.from(step),
                        IdRange.to(step),
                        ledger.stream().map(SubtaskId::value).toList())
                .list(row -> new SubtaskId(row.getString(1)));
    }

    /** What the planner holds for written and the ledger does not: the sink has lost it. */
    public static List<SubtaskId> writtenBut(Session session, StepId step, List<SubtaskId> ledger) {
        return session.sql(
                        """
                        select id from planner.subtask
                        where id >= ? and id < ? and state = 'WRITTEN' and id <> all (?)
                        """,
                        IdRange.from(step),
                        IdRange.to(step),
                        ledger.stream().map(SubtaskId::value).toList())
                .list(row -> new SubtaskId(row.getString(1)));
    }

    /** All of a step, without those that others took the place of. */
    public static SubtaskSet planned(Session session, StepId step) {
        SubtaskSet[] all = {SubtaskSet.EMPTY};
        session.sql(
                        "select id from planner.subtask where id >= ? and id < ? and state <> 'VOID'",
                        IdRange.from(step),
                        IdRange.to(step))
                .forEach(row -> all[0] = all[0].plus(new SubtaskId(row.getString(1))));
        return all[0];
    }

    /** The splits of a table, in order of their ids, without those that others took the place of. */
    public static List<Split> splits(Session session, TablePlan table) {
        String prefix = table.step() + "/" + String.format(Locale.ROOT, "%04d", table.ordinal());
        return session.sql(
                        "select split from planner.subtask where id >= ? and id < ? and state <> 'VOID' order by id",
                        prefix + "/",
                        prefix + "0")
                .list(row -> JsonText.read(row.getString(1), Split.class));
    }

    /** What was written of each subtask of a step that was, without what the sink refused. */
    public static Map<SubtaskId, Tally> written(Session session, StepId step) {
        Map<SubtaskId, Tally> written = new LinkedHashMap<>();
        session.sql("""
                        select id, written_rows, written_bytes, written_digest from planner.subtask
                        where id >= ? and id < ? and state = 'WRITTEN' order by id
                        """, IdRange.from(step), IdRange.to(step))
                .forEach(row -> written.put(
                        new SubtaskId(row.getString(1)),
                        new Tally(row.getLong(2), row.getLong(3), new Digest(row.getLong(4)))));
        return written;
    }

    /** To be read and written once more. */
    public static void readAgain(Session session, List<SubtaskId> subtasks) {
        session.sql("""
                        update planner.subtask
                        set state = 'PENDING', attempt = null, first_offset = null, last_offset = null, batches = null,
                            read_rows = null, read_bytes = null, read_digest = null, written_attempt = null,
                            written_rows = null, written_bytes = null, written_digest = null,
                            quarantined_rows = null, quarantined_bytes = null, quarantined_digest = null
                        where id = any (?)
                        """, subtasks.stream().map(SubtaskId::value).toList()).update();
    }

    /** Ends every lease on subtasks: nobody who held one lives. */
    static void endLeases(Session session) {
        session.sql("update planner.subtask set lease_until = now() where state in ('READING', 'WRITING')")
                .update();
    }
}
