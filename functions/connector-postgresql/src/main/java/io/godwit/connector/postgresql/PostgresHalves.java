package io.godwit.connector.postgresql;

import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Halves a split: at its middle key, or its middle block. Unlike the bounds of a plan the middle is counted, not
 * sampled: this is done seldom, and where an estimate was wrong.
 */
final class PostgresHalves {
    private final PgConnection session;
    private final SplitAgain question;
    private final TableDescription table;

    PostgresHalves(PgConnection session, SplitAgain question) {
        this.session = session;
        this.question = question;
        this.table = question.table();
    }

    SourceSplits halve() throws SQLException {
        Split whole = question.split().split();
        TableName partition = whole.partition();
        if (whole instanceof Split.Blocks blocks) {
            return byBlocks(blocks);
        }
        if (whole instanceof Split.KeyRange range) {
            return byKey(range);
        }
        Optional<SplitKey> key = SplitKey.of(session, table, partition == null ? table.name() : partition);
        if (key.isPresent()) {
            return byKey(new Split.KeyRange(key.get().columns(), null, null, partition));
        }
        boolean heap = partition != null || table.kind().equals(TableBuilder.TABLE);
        return question.snapshot() != null && heap
                ? byBlocks(new Split.Blocks(0, null, partition))
                : whole("it has no key to split it by");
    }

    private SourceSplits byKey(Split.KeyRange range) throws SQLException {
        List<String> middle = middle(range);
        if (middle == null) {
            return whole("all its rows have one key");
        }
        return halves(
                new Split.KeyRange(range.columns(), range.from(), middle, range.partition()),
                new Split.KeyRange(range.columns(), middle, range.to(), range.partition()));
    }

    /** The smallest key of which at least half of the rows come before; null where no key has any before it. */
    private @Nullable List<String> middle(Split.KeyRange range) throws SQLException {
        String keys = Quoting.identifiers(range.columns());
        String aliases = IntStream.range(0, range.columns().size())
                .mapToObj(i -> "k" + i)
                .collect(Collectors.joining(", "));
        String texts = IntStream.range(0, range.columns().size())
                .mapToObj(i -> "k" + i + "::text")
                .collect(Collectors.joining(", "));
        // Peers of one key count together: the middle is the first key of which others come before.
        String sql = "SELECT " + texts + " FROM (SELECT " + aliases + ", rank() OVER (ORDER BY " + aliases
                + ") AS place, count(*) OVER () AS rows FROM (SELECT " + keys + " "
                + ReadQuery.from(table, question.where(), range) + ") AS k (" + aliases + ")) AS placed"
                + " WHERE place > 1 ORDER BY abs(2 * (place - 1) - rows) LIMIT 1";
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                return null;
            }
            List<String> key = new ArrayList<>();
            for (int column = 1; column <= range.columns().size(); column++) {
                key.add(row.getString(column));
            }
            return key;
        }
    }

    private SourceSplits byBlocks(Split.Blocks blocks) throws SQLException {
        TableName relation = blocks.partition() == null ? table.name() : blocks.partition();
        long end = blocks.end() == null
                ? Relation.measure(session, List.of(relation)).stream()
                        .mapToLong(Relation::blocks)
                        .findFirst()
                        .orElse(0)
                : blocks.end();
        long middle = blocks.first() + (end - blocks.first()) / 2;
        if (middle <= blocks.first()) {
            return whole("it is a single block");
        }
        return halves(
                new Split.Blocks(blocks.first(), middle, blocks.partition()),
                new Split.Blocks(middle, blocks.end(), blocks.partition()));
    }

    private SourceSplits halves(Split first, Split second) {
        return new SourceSplits(List.of(half(first), half(second)), "halved");
    }

    private PlannedSplit half(Split split) {
        PlannedSplit whole = question.split();
        return new PlannedSplit(split, half(whole.estimatedRows()), half(whole.estimatedBytes()));
    }

    private static long half(long estimate) {
        return estimate < 0 ? estimate : (estimate + 1) / 2;
    }

    private SourceSplits whole(String why) {
        return new SourceSplits(List.of(question.split()), "not split again: " + why);
    }
}
