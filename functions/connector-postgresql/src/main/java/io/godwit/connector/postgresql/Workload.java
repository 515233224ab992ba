package io.godwit.connector.postgresql;

import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.table.TableDescription;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * How much of a table there is to read.
 *
 * @param rows that will be read, as thought
 * @param bytes that they take on disk
 * @param effort the bytes, and part of those that a server must look at to find the rows
 * @param share of all rows that will be read, from 0 to 1
 */
record Workload(long rows, long bytes, long effort, double share) {
    /** Looking at a row costs about this part of sending it. */
    private static final int SCAN_DISCOUNT = 8;

    static Workload of(PgConnection session, TableDescription table, @Nullable String where, List<Relation> parts)
            throws SQLException {
        Split all = new Split.Whole(null);
        long bytes = parts.stream().mapToLong(Relation::bytes).sum();
        long rows = parts.stream().anyMatch(part -> part.rows() < 0)
                ? -1
                : parts.stream().mapToLong(Relation::rows).sum();
        if (where == null && rows >= 0 && parts.stream().allMatch(Relation::heap)) {
            return new Workload(rows, bytes, bytes, 1);
        }
        Estimate matching = Estimate.of(session, ReadQuery.from(table, where, all));
        if (parts.stream().noneMatch(Relation::heap)) {
            long size = matching.rows() * matching.width();
            return new Workload(matching.rows(), size, size, 1);
        }
        if (where == null) {
            return new Workload(matching.rows(), bytes, bytes, 1);
        }
        long total = rows >= 0
                ? rows
                : Estimate.of(session, ReadQuery.from(table, null, all)).rows();
        double share = total <= 0 ? 1 : Math.min(1.0, (double) matching.rows() / total);
        long matchingBytes = Math.round(share * bytes);
        long looking = matching.scans() ? bytes / SCAN_DISCOUNT : 0;
        return new Workload(matching.rows(), matchingBytes, Math.min(bytes, matchingBytes + looking), share);
    }

    /** How many splits it makes, at least one. */
    int splits(long splitBytes) {
        return (int) Math.min(Integer.MAX_VALUE / 2, Math.max(1, (effort + splitBytes - 1) / splitBytes));
    }

    /** The part of it that lies in a partition, by size. */
    Workload in(Relation part, List<Relation> parts) {
        long all = parts.stream().mapToLong(Relation::bytes).sum();
        double fraction = all == 0 ? 0 : (double) part.bytes() / all;
        long partRows = share == 1 && part.rows() >= 0 ? part.rows() : Math.round(rows * fraction);
        return new Workload(partRows, Math.round(bytes * fraction), Math.round(effort * fraction), share);
    }

    PlannedSplit planned(Split split) {
        return planned(split, 1);
    }

    /** @param fraction of the rows that the split holds */
    PlannedSplit planned(Split split, double fraction) {
        return new PlannedSplit(split, Math.round(rows * fraction), Math.round(bytes * fraction));
    }
}
