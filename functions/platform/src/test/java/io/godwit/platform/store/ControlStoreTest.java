package io.godwit.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.run.RunId;
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
import javax.sql.DataSource;
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
            holdsKeysOfRuns(server, store);
        }
    }

    private static void holdsKeysOfRuns(EmbeddedPostgres server, DataSource store) throws SQLException {
        JdbcRunKeys keys = new JdbcRunKeys(store);
        RunId run = new RunId("job.20260101T000000.000Z");
        assertThat(keys.find(run)).as("not sealed").isEmpty();
        try (java.sql.Connection session = server.connect("postgres");
                Statement statement = session.createStatement()) {
            statement.execute("insert into godwit.run_key values ('" + run + "', decode(repeat('07', 32), 'hex'))");
            assertThat(keys.find(run).orElseThrow()).hasSize(32).containsOnly(7);
            statement.execute("update godwit.run_key set key = null");
        }
        assertThatThrownBy(() -> keys.find(run))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        closed -> assertThat(closed.code()).isEqualTo(ErrorCode.RUN_CLOSED));
    }
}
