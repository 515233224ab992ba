package io.godwit.platform.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The control store's schema, brought up to date. */
public final class ControlStore {
    private static final String HISTORY = "control_history";

    private ControlStore() {}

    /**
     * Applies the migrations that are missing. Safe for several processes at once: Flyway locks its history.
     *
     * @throws org.flywaydb.core.api.FlywayException when one fails; it is rolled back
     */
    public static void migrate(DataSource store) {
        flyway(store).migrate();
    }

    /** Whether nothing is missing: a function that finds otherwise must not serve yet. */
    public static boolean isUpToDate(DataSource store) {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select to_regclass('public." + HISTORY + "') is not null")) {
            row.next();
            return row.getBoolean(1) && flyway(store).info().pending().length == 0;
        } catch (SQLException unreachable) {
            return false;
        }
    }

    private static Flyway flyway(DataSource store) {
        return Flyway.configure(ControlStore.class.getClassLoader())
                .dataSource(store)
                .resourceProvider(new Migrations())
                .locations(new String[0])
                .defaultSchema("public")
                .table(HISTORY)
                // Planner and ops number their migrations in ranges of their own, and each range grows.
                .outOfOrder(true)
                .load();
    }
}
