package io.godwit.local.demo;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BiConsumer;

/**
 * Two PostgreSQL servers in the place of a user's own: one full, one empty. They stop when closed, and keep their data.
 */
public final class DemoDatabases implements AutoCloseable {
    private final Path folder;
    private final EmbeddedPostgres source;
    private final EmbeddedPostgres target;

    private DemoDatabases(Path folder, EmbeddedPostgres source, EmbeddedPostgres target) {
        this.folder = folder;
        this.source = source;
        this.target = target;
    }

    /** Starts both, making them in {@code folder} where they are missing. */
    public static DemoDatabases start(Path folder) {
        EmbeddedPostgres source = server(folder.resolve("source"));
        try {
            return new DemoDatabases(folder, source, server(folder.resolve("target")));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static EmbeddedPostgres server(Path folder) {
        return EmbeddedPostgres.builder().directory(folder).start();
    }

    /** Fills the source, empties the target, writes the job file. Returns the number of rows in the source. */
    public long load(double scale, BiConsumer<String, Long> progress) {
        try (Connection full = source.connect("postgres");
                Connection empty = target.connect("postgres");
                Statement statement = empty.createStatement()) {
            statement.execute("drop schema public cascade; create schema public");
            long rows = Tpch.load(full, scale, progress);
            Files.writeString(folder.resolve("source.password"), source.password());
            Files.writeString(folder.resolve("target.password"), target.password());
            Files.writeString(jobFile(), jobText());
            return rows;
        } catch (SQLException e) {
            throw new GodwitException(
                    ErrorCode.SOURCE_REFUSED,
                    "the demo's databases: " + e.getMessage(),
                    "Delete " + folder + " and try again.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path jobFile() {
        return folder.resolve("demo.yaml");
    }

    /** The job: every table of the one database into the other. */
    public String jobText() {
        return """
                kind: Connection
                name: shop
                type: postgresql
                host: 127.0.0.1
                port: %d
                database: postgres
                user: %s
                secret: file:%s
                ---
                kind: Connection
                name: warehouse
                type: postgresql
                host: 127.0.0.1
                port: %d
                database: postgres
                user: %s
                secret: file:%s
                ---
                kind: Job
                name: demo
                steps:
                  - name: copy
                    migrate:
                      from: { connection: shop, tables: ["public.*"] }
                      to: { connection: warehouse, table: "public.{table}" }
                      splitSize: 16MiB
                """.formatted(
                        source.port(),
                        source.user(),
                        folder.resolve("source.password"),
                        target.port(),
                        target.user(),
                        folder.resolve("target.password"));
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
