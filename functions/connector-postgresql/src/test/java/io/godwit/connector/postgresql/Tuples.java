package io.godwit.connector.postgresql;

import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.RowHash;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;
import io.godwit.core.type.LogicalType.Foreign;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.postgresql.jdbc.PgConnection;

/** Rows of a table as a reader sends them. */
final class Tuples {
    private static final int HEADER = 19;
    private static final int TRAILER = 2;

    private final byte[] bytes;
    private final int rows;
    private final Tally tally;

    private Tuples(byte[] bytes, int rows, Tally tally) {
        this.bytes = bytes;
        this.rows = rows;
        this.tally = tally;
    }

    byte[] bytes() {
        return bytes;
    }

    int rows() {
        return rows;
    }

    Tally tally() {
        return tally;
    }

    /** Reads the source columns of the plan's columns, all of which pass through. */
    static Tuples read(Database database, TablePlan plan, String rest) throws SQLException {
        String columns = plan.columns().stream()
                .map(column -> Quoting.identifier(((SourceColumn) column.origin()).name())
                        + (column.wireType() instanceof Foreign ? "::text" : ""))
                .collect(Collectors.joining(", "));
        return query(
                database,
                "SELECT " + columns + " FROM " + Quoting.table(plan.definition().name()) + " " + rest,
                plan.columns().size());
    }

    static Tuples query(Database database, String query, int columns) throws SQLException {
        try (PgConnection session = database.open();
                Statement settings = session.createStatement()) {
            settings.execute("SET extra_float_digits = 1");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            session.getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)", out);
            byte[] all = out.toByteArray();
            return of(Arrays.copyOfRange(all, HEADER, all.length - TRAILER), columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Tuples of(byte[] bytes, int columns) {
        TupleFields fields = new TupleFields(columns);
        int rows = 0;
        long digest = 0;
        for (int at = 0; at < bytes.length; rows++) {
            int end = fields.of(bytes, at, bytes.length);
            digest += RowHash.of(bytes, at, end - at);
            at = end;
        }
        return new Tuples(bytes, rows, new Tally(rows, bytes.length, new Digest(digest)));
    }
}
