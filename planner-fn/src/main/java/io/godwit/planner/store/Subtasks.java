package io.godwit.planner.store;

import static java.util.stream.Collectors.toMap;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.SubtaskState;
import io.godwit.core.run.Tally;
import io.godwit.planner.subtask.Announced;
import io.godwit.planner.subtask.LedgerHolds;
import io.godwit.planner.subtask.Subtask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of single subtasks of runs whose rows are locked. */
public final class Subtasks {
    private static final String COLUMNS = """
            select id, state, reads, writes, tries, topic, lane, attempt, first_offset, last_offset, batches,
                   read_rows, read_bytes, read_digest, written_attempt, written_rows, written_bytes, written_digest,
                   quarantined_rows, quarantined_bytes, quarantined_digest, read_as
            from planner.subtask
            """;

    private Subtasks() {}

    /** Those of a plan, by id; without those that no plan has. */
    public static Map<SubtaskId, Subtask> find(Session session, Collection<SubtaskId> ids) {
        List<Subtask> found =
                session.sql(COLUMNS + "where id = any (?)", values(ids)).list(Subtasks::read);
        return withEarlier(session, found).stream().collect(toMap(Subtask::id, subtask -> subtask));
    }

    /** Which of them are read together with others. */
    public static Set<SubtaskId> readTogether(Session session, Collection<SubtaskId> ids) {
        return Set.copyOf(
                session.sql("select id from planner.subtask where id = any (?) and together is not null", values(ids))
                        .list(row -> new SubtaskId(row.getString(1))));
    }

    /** Those that are read together with one that was read, and wait to be. */
    public static List<Subtask> waitingWith(Session session, SubtaskId read) {
        return withEarlier(
                session, session.sql(COLUMNS + """
                        where together = (select together from planner.subtask where id = ?) and id <> ?
                          and state in ('PENDING', 'READING') order by id
                        """, read.value(), read.value()).list(Subtasks::read));
    }

    /** Those of a run whose reader or writer did not answer in time. */
    public static List<Subtask> lapsed(Session session, RunId run) {
        return withEarlier(
                session,
                session.sql(
                                COLUMNS + "where run = ? and state in ('READING', 'WRITING') and lease_until <= now()",
                                run.value())
                        .list(Subtasks::read));
    }

    /** Runs that have such subtasks. */
    public static List<RunId> runsWithLapsed(Session session) {
        return session.sql("""
                        select distinct run from planner.subtask
                        where state in ('READING', 'WRITING') and lease_until <= now() order by run
                        """).list(row -> new RunId(row.getString(1)));
    }

    /**
     * What became of a subtask.
     *
     * @param delay how long it must not be dispatched; it keeps its place in the windows meanwhile
     */
    public record Change(
            Subtask before,
            Subtask next,
            Duration delay,
            @Nullable ErrorInfo error) {}

    /** Stores what became of subtasks, in this order. */
    public static void save(Session session, List<Change> changes) {
        changes.forEach(change -> change.next().earlier().forEach((attempt, read) -> {
            if (!change.before().earlier().containsKey(attempt)) {
                keepEarlier(session, change.next().id(), attempt, read);
            }
        }));
        session.each("""
                update planner.subtask
                set state = ?, reads = ?, tries = ?, lease_until = null,
                    not_before = case when ? > 0 then now() + ? * interval '1 millisecond' end,
                    topic = coalesce(?, topic), lane = coalesce(?, lane),
                    attempt = ?, first_offset = ?, last_offset = ?, batches = ?,
                    read_rows = ?, read_bytes = ?, read_digest = ?,
                    written_attempt = ?, written_rows = ?, written_bytes = ?, written_digest = ?,
                    quarantined_rows = ?, quarantined_bytes = ?, quarantined_digest = ?, error = ?,
                    read_as = ?, pool = coalesce((select pool from planner.subtask r where r.id = ?), pool)
                where id = ?
                """, changes.stream().map(Subtasks::values).toList());
    }

    private static @Nullable Object[] values(Change change) {
        Subtask next = change.next();
        long delay = change.delay().toMillis();
        Announced announced = next.announced();
        SubtaskId readAs = announced == null ? null : announced.readAs();
        LedgerHolds holds = next.holds();
        return new @Nullable Object[] {
            next.state().name(),
            next.reads(),
            next.tries(),
            delay,
            delay,
            announced == null ? null : announced.range().lane().topic(),
            announced == null ? null : announced.range().lane().partition(),
            announced == null ? null : announced.attempt().value(),
            announced == null ? null : announced.range().firstOffset(),
            announced == null ? null : announced.range().lastOffset(),
            announced == null ? null : announced.range().batches(),
            announced == null ? null : announced.read().rows(),
            announced == null ? null : announced.read().bytes(),
            announced == null ? null : announced.read().digest().sum(),
            holds == null ? null : holds.attempt().value(),
            holds == null ? null : holds.written().rows(),
            holds == null ? null : holds.written().bytes(),
            holds == null ? null : holds.written().digest().sum(),
            holds == null ? null : holds.quarantined().rows(),
            holds == null ? null : holds.quarantined().bytes(),
            holds == null ? null : holds.quarantined().digest().sum(),
            JsonText.writeOrNull(change.error()),
            readAs == null ? null : readAs.value(),
            // Its rows lie in the topic of the pool that the other was read in: then, not later.
            readAs == null || change.before().announced() != null ? null : readAs.value(),
            next.id().value()
        };
    }

    /** Subtasks of a step that were given to a writer at some time, and are neither known to be written nor void. */
    public static List<SubtaskId> perhapsWritten(Session session, StepId step) {
        return session.sql("""
                        select id from planner.subtask
                        where id >= ? and id < ? and writes > 0 and state not in ('WRITTEN', 'VOID') order by id
                        """, IdRange.from(step), IdRange.to(step)).list(row -> new SubtaskId(row.getString(1)));
    }

    private static boolean mayHaveEarlier(Subtask subtask) {
        return subtask.reads() > 1 || (subtask.reads() == 1 && subtask.announced() == null);
    }

    private static List<Subtask> withEarlier(Session session, List<Subtask> found) {
        List<SubtaskId> asked =
                found.stream().filter(Subtasks::mayHaveEarlier).map(Subtask::id).toList();
        if (asked.isEmpty()) {
            return found;
        }
        Map<SubtaskId, Map<AttemptId, Tally>> earlier = new HashMap<>();
        session.sql("""
                        select subtask, attempt, read_rows, read_bytes, read_digest
                        from planner.earlier_attempt where subtask = any (?)
                        """, values(asked))
                .list(row -> earlier.computeIfAbsent(new SubtaskId(row.getString(1)), id -> new HashMap<>())
                        .put(new AttemptId(row.getString(2)), tally(row, 3)));
        return found.stream()
                .map(subtask -> subtask.with(earlier.getOrDefault(subtask.id(), Map.of())))
                .toList();
    }

    private static List<String> values(Collection<SubtaskId> ids) {
        return ids.stream().map(SubtaskId::value).toList();
    }

    private static void keepEarlier(Session session, SubtaskId id, AttemptId attempt, Tally read) {
        session.sql(
                        "insert into planner.earlier_attempt values (?, ?, ?, ?, ?) on conflict do nothing",
                        id.value(),
                        attempt.value(),
                        read.rows(),
                        read.bytes(),
                        read.digest().sum())
                .update();
    }

    private static Subtask read(ResultSet row) throws SQLException {
        return new Subtask(
                new SubtaskId(row.getString("id")),
                SubtaskState.valueOf(row.getString("state")),
                row.getInt("reads"),
                row.getInt("writes"),
                row.getInt("tries"),
                announced(row),
                Map.of(),
                holds(row));
    }

    private static @Nullable Announced announced(ResultSet row) throws SQLException {
        String attempt = row.getString("attempt");
        if (attempt == null) {
            return null;
        }
        Lane lane = new Lane(row.getString("topic"), row.getInt("lane"));
        return new Announced(
                new AttemptId(attempt),
                new BatchRange(lane, row.getLong("first_offset"), row.getLong("last_offset"), row.getInt("batches")),
                tally(row, row.findColumn("read_rows")),
                row.getString("read_as") == null ? null : new SubtaskId(row.getString("read_as")));
    }

    private static @Nullable LedgerHolds holds(ResultSet row) throws SQLException {
        String attempt = row.getString("written_attempt");
        return attempt == null
                ? null
                : new LedgerHolds(
                        new AttemptId(attempt),
                        tally(row, row.findColumn("written_rows")),
                        tally(row, row.findColumn("quarantined_rows")));
    }

    private static Tally tally(ResultSet row, int first) throws SQLException {
        return new Tally(row.getLong(first), row.getLong(first + 1), new Digest(row.getLong(first + 2)));
    }
}
