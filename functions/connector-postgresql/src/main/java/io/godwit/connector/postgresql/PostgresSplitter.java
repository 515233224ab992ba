package io.godwit.connector.postgresql;

import static io.godwit.core.error.ErrorCode.SOURCE_TABLE_NOT_FOUND;

import io.godwit.connector.jdbc.Sizes;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Chooses splits: one where a table is small; ranges of a key where it has one; ranges of blocks where it has none, or
 * its rows do not lie in the key's order, and the run reads from one snapshot; per leaf partition where there are
 * partitions.
 */
final class PostgresSplitter {
    /** Before, the server looks at every row of a table to find those of a range of blocks. */
    private static final int FIRST_WITH_BLOCK_RANGES = 14;

    /** More partitions than this many per split are not worth a split each. */
    private static final int PARTITIONS_PER_SPLIT = 4;

    private final PgConnection session;
    private final SplitSource question;
    private final TableDescription table;
    private final Set<String> ways = new LinkedHashSet<>();

    PostgresSplitter(PgConnection session, SplitSource question) {
        this.session = session;
        this.question = question;
        this.table = question.table();
    }

    SourceSplits split() throws SQLException {
        List<Relation> found = Relation.measure(session, List.of(table.name()));
        if (found.isEmpty()) {
            throw new GodwitException(SOURCE_TABLE_NOT_FOUND, table.name() + ": no such table", "Plan the run again.");
        }
        Relation root = found.get(0);
        boolean partitioned = table.kind().equals(TableBuilder.PARTITIONED);
        List<Relation> parts = partitioned ? Relation.measure(session, table.partitions()) : found;
        Workload work = Workload.of(session, table, question.where(), parts);
        int splits = work.splits(question.splitBytes());
        if (!partitioned && !root.heap()) {
            return one(work, "a " + table.kind() + " has no parts");
        }
        if (splits <= 1) {
            return one(work, Sizes.text(work.bytes()));
        }
        if (!root.readable()) {
            return one(work, "the user may not read all columns, " + Sizes.text(work.bytes()));
        }
        return partitioned ? partitioned(parts, work, splits) : answer(part(root, null, work), null);
    }

    /**
     * A condition may leave most partitions out, which the server does by itself when it reads them together; and many
     * small partitions make few splits.
     */
    private SourceSplits partitioned(List<Relation> parts, Workload work, int splits) throws SQLException {
        boolean together = question.where() != null || parts.size() > PARTITIONS_PER_SPLIT * splits;
        Optional<SplitKey> key = SplitKey.of(session, table, table.name());
        if (together && key.isPresent()) {
            return answer(byKey(key.get(), "" + Quoting.table(table.name()), parts, null, work), null);
        }
        if (!parts.stream().allMatch(Relation::readable)) {
            return key.isPresent()
                    ? answer(byKey(key.get(), Quoting.table(table.name()), parts, null, work), null)
                    : one(work, "no key, and the user may not read its partitions, " + Sizes.text(work.bytes()));
        }
        List<PlannedSplit> all = new ArrayList<>();
        for (Relation part : parts) {
            TableName name = new TableName(
                    table.name().database(), part.name().schema(), part.name().name());
            all.addAll(part(part, name, work.in(part, parts)));
        }
        return answer(all, parts.size() + " partitions");
    }

    /** Splits one heap, or one leaf partition. */
    private List<PlannedSplit> part(Relation part, @Nullable TableName partition, Workload work) throws SQLException {
        int splits = work.splits(question.splitBytes());
        if (splits <= 1 || !part.heap()) {
            return List.of(work.planned(new Split.Whole(partition)));
        }
        Optional<SplitKey> key = SplitKey.of(session, table, part.name());
        if (question.snapshot() != null
                && session.getServerMajorVersion() >= FIRST_WITH_BLOCK_RANGES
                && key.filter(SplitKey::followsRows).isEmpty()) {
            ways.add("by blocks");
            return byBlocks(part, partition, work, splits);
        }
        if (key.isEmpty()) {
            ways.add("no key, " + Sizes.text(work.bytes()));
            return List.of(work.planned(new Split.Whole(partition)));
        }
        return byKey(key.get(), "ONLY " + Quoting.table(part.name()), List.of(part), partition, work);
    }

    private List<PlannedSplit> byBlocks(Relation part, @Nullable TableName partition, Workload work, int splits) {
        long blocks = Math.max(1, (part.blocks() + splits - 1) / splits);
        List<PlannedSplit> all = new ArrayList<>();
        for (long first = 0; first == 0 || first < part.blocks(); first += blocks) {
            boolean last = first + blocks >= part.blocks();
            Long end = last ? null : Long.valueOf(first + blocks);
            double fraction = (double) (last ? part.blocks() - first : blocks) / Math.max(1, part.blocks());
            all.add(work.planned(new Split.Blocks(first, end, partition), fraction));
        }
        return all;
    }

    private List<PlannedSplit> byKey(
            SplitKey key, String from, List<Relation> parts, @Nullable TableName partition, Workload work)
            throws SQLException {
        int splits = work.splits(question.splitBytes());
        long blocks = parts.stream().mapToLong(Relation::blocks).sum();
        long heap = parts.stream().mapToLong(Relation::heapBytes).sum();
        long toast = parts.stream().mapToLong(Relation::toastBytes).sum();
        List<KeySample.Bound> sampled = KeySample.bounds(
                session,
                new KeySample.Request(
                        from,
                        table.columns(),
                        key,
                        question.where(),
                        work.share(),
                        blocks,
                        parts.get(0).rowsPerBlock(),
                        toast > heap / 4,
                        splits));
        List<KeySample.Bound> bounds =
                sampled.stream().filter(bound -> bound.place() > 0).toList();
        List<String> columns = sampled.isEmpty()
                ? key.columns()
                : key.columns()
                        .subList(0, KeySample.telling(sampled, key.columns().size()));
        ways.add("by key (" + String.join(", ", columns) + ")"
                + (key.followsRows() ? "" : ", in whose order the rows do not lie"));
        List<PlannedSplit> all = new ArrayList<>();
        for (int i = 0; i <= bounds.size(); i++) {
            KeySample.Bound low = i == 0 ? null : bounds.get(i - 1);
            KeySample.Bound high = i == bounds.size() ? null : bounds.get(i);
            double fraction =
                    (double) ((high == null ? splits : high.place()) - (low == null ? 0 : low.place())) / splits;
            Split range = new Split.KeyRange(
                    columns,
                    low == null ? null : low.key().subList(0, columns.size()),
                    high == null ? null : high.key().subList(0, columns.size()),
                    partition);
            all.add(work.planned(range, fraction));
        }
        return all;
    }

    private SourceSplits one(Workload work, String why) {
        return new SourceSplits(List.of(work.planned(new Split.Whole(null))), "not split: " + why);
    }

    private SourceSplits answer(List<PlannedSplit> splits, @Nullable String parts) {
        List<String> reasons = new ArrayList<>();
        if (parts != null) {
            reasons.add(parts);
        }
        reasons.addAll(ways);
        String how = String.join(", ", reasons);
        return new SourceSplits(splits, splits.size() == 1 ? "not split: " + how : splits.size() + " splits: " + how);
    }
}
