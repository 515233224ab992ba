package io.godwit.platform.store;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One transaction of the control store. Closed without {@link #commit}, it is undone. */
final class StoreTransaction implements AutoCloseable {
    private static final int FETCHED = 1000;

    private final String doing;
    private final Connection connection;

    StoreTransaction(DataSource store, String doing) {
        this.doing = doing;
        this.connection = attempt(() -> {
            Connection opened = store.getConnection();
            try {
                opened.setAutoCommit(false);
                return opened;
            } catch (SQLException e) {
                opened.close();
                throw e;
            }
        });
    }

    /** Reads one row of an answer. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    /** How many rows the statement changed. Arrays of text go in as text[]. */
    int change(String sql, @Nullable Object... values) {
        return attempt(() -> {
            try (PreparedStatement statement = prepared(sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) {
        List<T> found = new ArrayList<>();
        forEach(sql, each -> found.add(row.read(each)), values);
        return found;
    }

    <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) {
        return list(sql, row, values).stream().findFirst();
    }

    /** Many rows, of which only some are held at a time. */
    void forEach(String sql, Row<?> row, @Nullable Object... values) {
        attempt(() -> {
            try (PreparedStatement statement = prepared(sql, values)) {
                statement.setFetchSize(FETCHED);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        row.read(rows);
                    }
                }
            }
            return true;
        });
    }

    void commit() {
        attempt(() -> {
            connection.commit();
            return true;
        });
    }

    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            // Where the session is gone the store has undone what was not committed.
        }
        try {
            connection.close();
        } catch (SQLException e) {
            // As above.
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }

    private <T> T attempt(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new GodwitException(
                    ErrorCode.CONTROL_STORE_UNREACHABLE,
                    doing + ": the control store did not answer: " + e.getMessage(),
                    "Tried again by itself; look at the control store if it goes on.",
                    e);
        }
    }
}
