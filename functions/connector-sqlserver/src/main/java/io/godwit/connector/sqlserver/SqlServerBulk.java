package io.godwit.connector.sqlserver;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.dialect.SinkWords.Bulk;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Writer;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType.Decimal;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows by the driver's bulk copy, in the session's own transaction, under the table's constraints and triggers. */
@SuppressWarnings("NullAway") // javac 17 forgets the inner annotations of rows, once compiled
record SqlServerBulk(TableName table, List<Field> fields, List<Writer> writers) implements Bulk {
    /** For one load. Seconds. */
    private static final int TIMEOUT = 600;

    @Override
    public void load(JdbcSession session, List<@Nullable Object[]> rows) throws SQLException {
        String name = SqlServerWords.WORDS.table(table);
        boolean counted = session.first(SqlServerSinkWords.identities(name, fields), row -> true)
                .isPresent();
        try (SQLServerBulkCopy copy = new SQLServerBulkCopy(session.jdbc())) {
            copy.setBulkCopyOptions(options(counted));
            copy.setDestinationTableName(name);
            for (int i = 0; i < fields.size(); i++) {
                copy.addColumnMapping(i + 1, fields.get(i).name());
            }
            copy.writeToServer(new Rows(fields, writers, rows.iterator()));
        }
    }

    static SQLServerBulkCopyOptions options(boolean keepsIdentity) throws SQLException {
        SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
        options.setUseInternalTransaction(false);
        options.setBatchSize(0);
        options.setBulkCopyTimeout(TIMEOUT);
        options.setKeepIdentity(keepsIdentity);
        options.setKeepNulls(true);
        options.setCheckConstraints(true);
        options.setFireTriggers(true);
        return options;
    }

    /** Rows as the driver asks for them, columns from 1. */
    static final class Rows implements ISQLServerBulkData {
        private static final long serialVersionUID = 1L;

        private static final int MOST_UNITS = 4000;
        private static final int MOST_BYTES = 8000;

        private final transient List<Field> fields;
        private final transient List<Writer> writers;
        private final transient Iterator<@Nullable Object[]> rows;
        private transient @Nullable Object @Nullable [] current;

        Rows(List<Field> fields, List<Writer> writers, Iterator<@Nullable Object[]> rows) {
            this.fields = fields;
            this.writers = writers;
            this.rows = rows;
        }

        @Override
        public Set<Integer> getColumnOrdinals() {
            return IntStream.rangeClosed(1, fields.size()).boxed().collect(Collectors.toSet());
        }

        @Override
        public String getColumnName(int column) {
            return fields.get(column - 1).name();
        }

        @Override
        public int getColumnType(int column) {
            int type = writers.get(column - 1).jdbcType();
            int length = SqlServerTypes.length(fields.get(column - 1).nativeType());
            if (type == Types.NVARCHAR && length < 0) {
                return Types.LONGNVARCHAR;
            }
            return type == Types.VARBINARY && length < 0 ? Types.LONGVARBINARY : type;
        }

        @Override
        public int getPrecision(int column) {
            Field field = fields.get(column - 1);
            if (field.type() instanceof Decimal decimal && decimal.precision() != null) {
                return decimal.precision();
            }
            int type = getColumnType(column);
            return type == Types.NVARCHAR ? MOST_UNITS : type == Types.VARBINARY ? MOST_BYTES : 0;
        }

        @Override
        public int getScale(int column) {
            Field field = fields.get(column - 1);
            return field.type() instanceof Decimal decimal && decimal.scale() != null ? decimal.scale() : 0;
        }

        @Override
        @SuppressWarnings("NullAway") // NULL is null in a row
        public Object[] getRowData() {
            return current == null ? new Object[0] : current;
        }

        @Override
        public boolean next() {
            boolean more = rows.hasNext();
            current = more ? rows.next() : null;
            return more;
        }
    }
}
