package io.godwit.e2e.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Files of SQLite, as seen by a program that knows nothing of Godwit. */
public final class SqliteFiles {
    private static final int PATIENCE = 60_000;

    private SqliteFiles() {}

    /** Its document in a job file; the file may be made. */
    public static String document(String connection, Path file) {
        return """
                kind: Connection
                name: %s
                type: sqlite
                database: %s
                options: { create: true }
                ---
                """.formatted(connection, file);
    }

    /** Makes a database anew and runs a script in it. */
    public static void create(Path file, String script) throws IOException, SQLException {
        Files.createDirectories(file.getParent());
        for (String part : List.of("", "-journal", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(file + part));
        }
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("begin;\n" + script + "\ncommit;");
        }
    }

    /** The first column of a query's rows, sorted. */
    public static List<String> rows(Path file, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        rows.sort(null);
        return rows;
    }

    private static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=" + PATIENCE);
    }
}
