package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import io.godwit.e2e.harness.SqliteFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of SQLite. */
final class BadSqlite implements BadKind {
    private final Path files;

    BadSqlite(Path files) throws Exception {
        this.files = files;
        Files.writeString(files.resolve("garbage.db"), "no database");
        SqliteFiles.create(files.resolve("late.db"), """
                create table orders (id integer primary key, total int);
                insert into orders values (1, 1), (2, 'two');
                create view seen as select id from orders;""");
    }

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source(
                        "SQLite file that is not there",
                        sqlite("none.db", ""),
                        "SOURCE_LOGIN_REFUSED",
                        "none.db",
                        "path"),
                Bad.source(
                        "file that is no SQLite database",
                        sqlite("garbage.db", ""),
                        "SOURCE_LOGIN_REFUSED",
                        "garbage.db"),
                Bad.source(
                        "SQLite's memory in place of a file",
                        connection("sqlite", "database: \":memory:\"", ""),
                        "SOURCE_LOGIN_REFUSED",
                        "is not there"),
                Bad.source(
                        "option that has SQLite load a library",
                        sqlite("late.db", "enable_load_extension: \"true\""),
                        "CONNECTION_OPTION_REFUSED",
                        "enable_load_extension"),
                Bad.sink(
                        "SQLite file that may not be made",
                        sqlite("none.db", ""),
                        "table: orders",
                        "SINK_LOGIN_REFUSED",
                        "none.db",
                        "create: true"),
                Bad.sink(
                        "view of SQLite as a target",
                        sqlite("late.db", ""),
                        "table: seen",
                        "NOT_SUPPORTED",
                        "seen",
                        "view"));
    }

    @Override
    public List<Bad> rows() {
        return List.of(Bad.row(
                "value that is none of its type",
                sqlite("late.db", ""),
                "ROW_NOT_CONVERTIBLE",
                "(id) = (2)",
                "column total",
                "types: text"));
    }

    private String sqlite(String file, String options) {
        return connection("sqlite", "database: " + files.resolve(file), options);
    }
}
