package io.godwit.connector.postgresql;

import io.godwit.core.table.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.postgresql.jdbc.PgConnection;

/**
 * What a table, or a leaf partition, takes on disk at this moment.
 *
 * @param heap whether its rows lie in blocks of its own, which neither a view's nor a foreign table's do
 * @param readable whether the user may read all of its columns
 * @param blocks of its heap
 * @param heapBytes bytes of them
 * @param toastBytes bytes of values stored beside the rows
 * @param rowsPerBlock as of the last ANALYZE, -1 where there was none
 */
record Relation(
        TableName name,
        boolean heap,
        boolean readable,
        long blocks,
        long heapBytes,
        long toastBytes,
        double rowsPerBlock) {

    long bytes() {
        return heapBytes + toastBytes;
    }

    /** -1 where unknown. */
    long rows() {
        return blocks == 0 ? 0 : rowsPerBlock < 0 ? -1 : Math.round(rowsPerBlock * blocks);
    }

    /** Measures those of the tables that exist. */
    static List<Relation> measure(PgConnection session, Collection<TableName> names) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(CatalogQueries.SIZES)) {
            statement.setArray(
                    1,
                    session.createArrayOf(
                            "text", names.stream().map(Quoting::schema).toArray()));
            statement.setArray(
                    2,
                    session.createArrayOf(
                            "text", names.stream().map(TableName::name).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long heapBytes = row.getLong("heap_bytes");
                    relations.add(new Relation(
                            new TableName(null, row.getString("nspname"), row.getString("relname")),
                            row.getBoolean("heap"),
                            row.getBoolean("readable"),
                            heapBytes / row.getLong("block_size"),
                            heapBytes,
                            row.getLong("toast_bytes"),
                            row.getDouble("rows_per_block")));
                }
            }
        }
        return relations;
    }
}
