package io.godwit.e2e.harness;

import io.godwit.embedded.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Sessions of tests with a MariaDB server. */
public final class MariaDb {
    private MariaDb() {}

    /** Opens a session whose moments are those of UTC; without a database where the name is empty. */
    public static Connection connect(EmbeddedMariaDb server, String database) throws SQLException {
        Connection connection = DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + server.port() + "/" + database + "?allowMultiQueries=true",
                server.user(),
                server.password());
        try (Statement statement = connection.createStatement()) {
            statement.execute("set time_zone = '+00:00'");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Drops and makes a database, and runs a script in it. */
    public static void create(EmbeddedMariaDb server, String database, String script) throws SQLException {
        try (Connection admin = connect(server, "");
                Statement statement = admin.createStatement()) {
            statement.execute("drop database if exists " + database);
            statement.execute("create database " + database + " character set utf8mb4");
        }
        if (!script.isEmpty()) {
            execute(server, database, script);
        }
    }

    public static void execute(EmbeddedMariaDb server, String database, String script) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    /** Rows of a query, sorted, in the text that PostgreSQL has for a row: for comparing two sides. */
    public static List<String> rows(EmbeddedMariaDb server, String database, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                StringJoiner text = new StringJoiner(",", "(", ")");
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    text.add(field(row.getString(i)));
                }
                rows.add(text.toString());
            }
        }
        rows.sort(null);
        return rows;
    }

    private static String field(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> "\"\\(),\t\n\r ".indexOf(c) >= 0);
        return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\"\"") + '"';
    }
}
