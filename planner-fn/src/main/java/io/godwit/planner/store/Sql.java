package io.godwit.planner.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One statement with its values. Times go in as timestamptz, collections of text as text[], of numbers as bigint[]. */
final class Sql {
    private static final int FETCHED = 1000;

    private final Connection connection;
    private final String text;
    private final @Nullable Object[] values;

    Sql(Connection connection, String text, @Nullable Object... values) {
        this.connection = connection;
        this.text = text;
        this.values = values;
    }

    int update() {
        try (PreparedStatement statement = prepared()) {
            return statement.executeUpdate();
        } catch (SQLException refused) {
            throw new StoreException(refused);
        }
    }

    <T> List<T> list(RowReader<T> reader) {
        try (PreparedStatement statement = prepared();
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException refused) {
            throw new StoreException(refused);
        }
    }

    /** Many rows, of which only some are held at a time. */
    void forEach(RowReader<?> reader) {
        try (PreparedStatement statement = prepared()) {
            statement.setFetchSize(FETCHED);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException refused) {
            throw new StoreException(refused);
        }
    }

    <T> Optional<T> first(RowReader<T> reader) {
        return list(reader).stream().findFirst();
    }

    static void each(Connection connection, String text, List<@Nullable Object[]> all) {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (@Nullable Object[] values : all) {
                new Sql(connection, text, values).set(statement);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException refused) {
            throw new StoreException(refused);
        }
    }

    private PreparedStatement prepared() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            set(statement);
            return statement;
        } catch (SQLException | RuntimeException refused) {
            statement.close();
            throw refused;
        }
    }

    private void set(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, valueOf(values[i]));
        }
    }

    private @Nullable Object valueOf(@Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        return value instanceof Collection<?> many ? array(many) : value;
    }

    private Array array(Collection<?> many) throws SQLException {
        Object first = many.isEmpty() ? "" : many.iterator().next();
        String type = first instanceof Long ? "bigint" : first instanceof Integer ? "integer" : "text";
        return connection.createArrayOf(type, many.toArray());
    }
}
