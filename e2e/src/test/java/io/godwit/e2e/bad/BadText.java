package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders of CSV. */
final class BadText implements BadKind {
    private final Path files;

    BadText(Path files) throws IOException {
        this.files = files;
        write("good/orders.csv", "id,total\n1,1.00\n");
        write("twice/orders.csv", "id\n1\n");
        write("twice/orders.csv.gz", "");
        write("late/orders_schema.json", "{\"version\": 1, \"columns\": [{\"name\": \"id\", \"type\": \"int8\"}]}");
        write("late/orders.csv", "id\n" + "1\n".repeat(2000) + "one\n");
        write("taken/orders/mine.csv", "id\n1\n");
    }

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source("folder that is not there", file("none", ""), "SOURCE_LOGIN_REFUSED", "none", "database"),
                Bad.source("unknown format", file("good", "format: xlsx"), "CONNECTION_OPTION_REFUSED", "format"),
                Bad.source("unknown option", file("good", "delimeter: tab"), "CONNECTION_OPTION_REFUSED", "delimeter"),
                Bad.source("two files that are one table", file("twice", ""), "SOURCE_REFUSED", "orders.csv.gz"),
                Bad.sink(
                        "partition of a column that is not there",
                        file("good", "partition: country"),
                        "table: orders",
                        "NOT_SUPPORTED",
                        "country"),
                Bad.reading(
                        "file that is not there", file("good", ""), "tables: [ordres]", "NO_TABLE_MATCHES", "ordres"),
                Bad.reading(
                        "condition on files",
                        file("good", ""),
                        "tables: [orders], where: id > 1",
                        "NOT_SUPPORTED",
                        "filter"),
                Bad.sink("keys in files", file("good", ""), "table: orders, mode: upsert", "NOT_SUPPORTED", "append"),
                new Bad(
                        "keys in files, beside a target that has them",
                        file("good", ""),
                        """
                        from: { connection: source, tables: [public.orders] }
                        to:
                          - { connection: target, table: public.orders, mode: upsert }
                          - { connection: bad, table: orders, mode: upsert }
                        """,
                        "NOT_SUPPORTED",
                        List.of("append")),
                Bad.sink(
                        "folder with others' files",
                        file("taken", ""),
                        "table: orders",
                        "NOT_SUPPORTED",
                        "did not write"));
    }

    @Override
    public List<Bad> rows() {
        return List.of(
                Bad.row("line that is no number", file("late", ""), "ROW_NOT_CONVERTIBLE", "orders.csv, line 2002"));
    }

    private String file(String folder, String options) {
        return connection("file", "database: " + files.resolve(folder), options);
    }

    private void write(String name, String content) throws IOException {
        Path file = files.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
