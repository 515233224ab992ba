package io.godwit.connector.sqlite;

import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.core.job.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;

/** Database files of the tests, in a folder of their own, and what other programs do to them. */
final class TestFiles {
    private static final List<String> PARTS = List.of("", "-journal", "-wal");
    private static final Path ROOT = make();

    private TestFiles() {}

    private static Path make() {
        try {
            Path root = Files.createTempDirectory("godwit-sqlite").toRealPath();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path root() {
        return ROOT;
    }

    static Path path(String name) {
        return ROOT.resolve(name + ".db");
    }

    static Means means() {
        return new Means(reference -> "", ROOT, ROOT);
    }

    static Connection connection(String name, Map<String, String> options) {
        return new Connection(
                name,
                "sqlite",
                null,
                null,
                path(name).toString(),
                null,
                null,
                options,
                Connection.Limits.NONE,
                List.of());
    }

    /** To an empty database that is there. */
    static Connection empty(String name) {
        for (String part : PARTS) {
            try {
                Files.deleteIfExists(Path.of(path(name) + part));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        run(name, "PRAGMA user_version = 1");
        return connection(name, Map.of());
    }

    static Source source(Connection connection) {
        return new SqliteConnector().source(connection, means());
    }

    static Sink sink(Connection connection) {
        return new SqliteSink(SqliteFile.of(connection, means()));
    }

    /** As any other program, with nothing pinned. */
    static void run(String name, String... statements) {
        try (java.sql.Connection jdbc = other(name);
                Statement statement = jdbc.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    static String one(String name, String sql) {
        try (java.sql.Connection jdbc = other(name);
                Statement statement = jdbc.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "no row";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static java.sql.Connection other(String name) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(60_000);
        return config.createConnection("jdbc:sqlite:" + path(name));
    }

    /**
     * What a loss of power leaves: the files with the bytes that lie in them, and nobody who has them open. Whoever had
     * goes on with files that no longer have a name.
     */
    static void crash(String name) {
        try {
            for (String part : PARTS) {
                Path file = Path.of(path(name) + part);
                if (Files.exists(file)) {
                    Path copy = Path.of(file + ".copy");
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Files.deleteIfExists(Path.of(path(name) + "-shm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
