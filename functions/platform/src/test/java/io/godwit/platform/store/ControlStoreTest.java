package io.godwit.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.job.Connection;
import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ControlStoreTest {
    @Test
    void everyMigrationIsListed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", "db", "control"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migrations.FILES);
        }
    }

    @Test
    void isMigratedOnceByManyAndServesDocuments() throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().fsync(false).start()) {
            PGSimpleDataSource store = new PGSimpleDataSource();
            store.setUrl(server.jdbcUrl("postgres"));
            store.setUser(server.user());
            store.setPassword(server.password());
            assertThat(ControlStore.isUpToDate(store)).isFalse();

            CompletableFuture.allOf(IntStream.range(0, 3)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> ControlStore.migrate(store)))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();

            assertThat(ControlStore.isUpToDate(store)).isTrue();
            Connection document = new Connection(
                    "shop", "postgresql", "h", 5432, "d", "u", null, Map.of(), Connection.Limits.NONE, List.of());
            try (java.sql.Connection session = server.connect("postgres");
                    Statement insert = session.createStatement()) {
                insert.execute("insert into godwit.document (id, body) values ('c', '" + Json.text(document) + "')");
            }
            JdbcDocumentStore documents = new JdbcDocumentStore(store);
            assertThat(documents.find("c", Connection.class)).contains(document);
            assertThat(documents.find("c", Connection.class)).contains(document);
            assertThat(documents.find("other", Connection.class)).isEmpty();
        }
    }
}
