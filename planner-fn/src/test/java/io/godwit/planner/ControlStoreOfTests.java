package io.godwit.planner;

import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.platform.store.ControlStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL for all tests of this JVM, and a database of its own, migrated, for whoever asks. */
final class ControlStoreOfTests {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private ControlStoreOfTests() {}

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().fsync(false).start();
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            return postgres;
        }
    }

    static DataSource fresh() {
        String name = "planner_" + NUMBER.incrementAndGet();
        try {
            Server.POSTGRES.createDatabase(name);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Server.POSTGRES.jdbcUrl(name));
        source.setUser(Server.POSTGRES.user());
        source.setPassword(Server.POSTGRES.password());
        ControlStore.migrate(source);
        return new PooledConnections(source);
    }

    static long count(DataSource source, String table) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** The first column of what is asked for. */
    static List<String> texts(DataSource source, String query) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Does what a test does to the store behind the planner's back. */
    static void run(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
