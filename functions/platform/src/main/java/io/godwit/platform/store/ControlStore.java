package io.godwit.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    /**
     * Whether nothing is missing: a function that finds otherwise must not serve yet. Asked without Flyway, which is
     * only for whoever migrates.
     */
    public static boolean isUpToDate(DataSource store) {
        String sql = "select count(distinct version) from public." + HISTORY + " where success and version = any (?)";
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            Object[] versions = Migrations.versions().toArray();
            statement.setArray(1, connection.createArrayOf("text", versions));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == versions.length;
            }
        } catch (SQLException unreachableOrNew) {
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
