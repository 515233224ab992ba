package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.event.Event;
import io.godwit.e2e.harness.Servers;
import io.godwit.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends instances in the middle of a subtask: from the first event of a type on all tables of the database are locked,
 * so that what those instances have begun cannot be over before they are told to end.
 */
final class MidSubtask implements AutoCloseable {
    /**
     * Less than the minute that a thread pool waits which nobody told better; far more than it takes on a slow machine.
     */
    private static final Duration GRACE = Duration.ofSeconds(45);

    private static final String LOCK_ALL = """
            do $$ declare named text; begin
                for named in select format('%I.%I', schemaname, tablename) from pg_tables
                    where schemaname not in ('pg_catalog', 'information_schema', 'godwit')
                loop
                    execute 'lock table ' || named || ' in access exclusive mode';
                end loop;
            end $$""";

    private final Cluster cluster;
    private final Event.Type type;
    private final EmbeddedPostgres server;
    private final String database;
    private volatile @Nullable Connection locks;

    MidSubtask(Cluster cluster, Event.Type type, EmbeddedPostgres server, String database) {
        this.cluster = cluster;
        this.type = type;
        this.server = server;
        this.database = database;
        cluster.broker().beforeFirst(type, this::lock);
    }

    private void lock() {
        try {
            Connection connection = server.connect(database);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK_ALL);
            }
            locks = connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Once somebody waits for the tables: tells all that are busy to end, and sees them end. False before. */
    boolean endsInOrder() {
        try {
            if (locks == null
                    || Servers.rows(server, database, "select pid from pg_locks where not granted")
                            .isEmpty()) {
                return false;
            }
            List<Instance> told = new ArrayList<>();
            for (String pool : Cluster.POOLS) {
                told.addAll(cluster.of(type.function() + "-" + pool).terminateBusy());
            }
            assertThat(told).as(type.function()).isNotEmpty();
            for (Instance instance : told) {
                assertThat(instance.await(GRACE)).as(instance.toString()).isIn(Instance.ENDED_IN_ORDER);
            }
            close();
            return true;
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        Connection held = locks;
        if (held != null) {
            held.close();
        }
    }
}
