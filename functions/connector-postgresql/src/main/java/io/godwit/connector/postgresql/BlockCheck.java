package io.godwit.connector.postgresql;

import io.godwit.connector.Source.ReadRequest;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.table.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.jdbc.PgConnection;

/**
 * Rows keep their blocks as long as a snapshot sees them, unless somebody rewrites the whole table (VACUUM FULL,
 * CLUSTER): then the same rows lie elsewhere, and ranges of blocks chosen before would miss some and repeat others.
 */
final class BlockCheck {
    private BlockCheck() {}

    /**
     * Locks the table against being rewritten until the transaction ends, and compares its file with that of the moment
     * of the snapshot. The catalog's row is read through the snapshot, the function looks at the present.
     *
     * @throws GodwitException SOURCE_SNAPSHOT_LOST when it was rewritten; DEFECT when there is no snapshot
     */
    static void sameBlocks(PgConnection session, ReadRequest request, Split.Blocks split) throws SQLException {
        TableName table = split.partition() == null ? request.table().name() : split.partition();
        if (request.snapshot() == null) {
            throw new GodwitException(
                    ErrorCode.DEFECT, table + ": a range of blocks means something inside one snapshot only", "");
        }
        String name = Quoting.table(table);
        try (Statement statement = session.createStatement()) {
            statement.execute("LOCK TABLE ONLY " + name + " IN ACCESS SHARE MODE");
            try (ResultSet row = statement.executeQuery("SELECT pg_relation_filenode(oid) = relfilenode FROM pg_class"
                    + " WHERE oid = " + Quoting.literal(name) + "::regclass")) {
                if (!row.next() || !row.getBoolean(1)) {
                    throw new GodwitException(
                            ErrorCode.SOURCE_SNAPSHOT_LOST,
                            table + " was rewritten since the snapshot was taken",
                            "Run again, at a time when nobody runs VACUUM FULL or CLUSTER.");
                }
            }
        }
    }
}
