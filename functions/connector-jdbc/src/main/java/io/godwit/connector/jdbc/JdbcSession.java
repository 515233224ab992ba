package io.godwit.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session with a database, and the few forms in which statements run in it. */
public class JdbcSession implements AutoCloseable {
    private final Connection jdbc;

    public JdbcSession(Connection jdbc) {
        this.jdbc = jdbc;
    }

    /** Reads one row of an answer. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public Connection jdbc() {
        return jdbc;
    }

    public boolean isClosed() throws SQLException {
        return jdbc.isClosed();
    }

    /** Runs one statement that answers nothing. */
    public void run(String sql) throws SQLException {
        try (Statement statement = jdbc.createStatement()) {
            // Braces in SQL are the database's, not JDBC's.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Runs a statement and says how many rows it changed. */
    public long change(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeLargeUpdate();
        }
    }

    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        }
    }

    /** Many rows, of which only {@code fetched} are held at a time. */
    public void forEach(String sql, int fetched, Row<?> row, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            statement.setFetchSize(fetched);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    row.read(rows);
                }
            }
        }
    }

    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        return list(sql, row, parameters).stream().findFirst();
    }

    /** The only row of an answer that always has one. */
    public <T> T one(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        return first(sql, row, parameters).orElseThrow(() -> new SQLException("no row came back", "02000"));
    }

    public void commit() throws SQLException {
        jdbc.commit();
    }

    /** Undoes the transaction; where the session is gone, the server has. */
    public void rollbackQuietly() {
        try {
            if (!jdbc.isClosed()) {
                jdbc.rollback();
            }
        } catch (SQLException e) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            jdbc.close();
        } catch (SQLException e) {
            // What mattered has been said already, and the server ends what is left.
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = jdbc.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            set(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    /** Sets a parameter, from 1; null is NULL. */
    protected void set(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        statement.setObject(place, value);
    }
}
