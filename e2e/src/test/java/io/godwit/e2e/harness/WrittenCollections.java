package io.godwit.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.godwit.connector.mongodb.MongoTestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.bson.Document;

/** Tables as collections of a database of their own, seen by a client of its own. */
public final class WrittenCollections implements FaultTarget {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> TABLES = List.of("orders", "lines", "texts");

    private final String name = "target" + DATABASES.incrementAndGet();
    private final MongoDatabase database = MongoTestServer.database(name);

    /** A connection to a database, as a document of a job file. */
    public static String document(String connection, String database, String options) {
        return """
                kind: Connection
                name: %s
                type: mongodb
                host: 127.0.0.1
                port: %d
                database: %s
                options: { sslMode: disable%s }
                ---
                """.formatted(connection, MongoTestServer.port(), database, options);
    }

    @Override
    public void create() {}

    @Override
    public String document() {
        return document("target", name, "");
    }

    @Override
    public List<String> rows(String table, List<String> columns) {
        List<String> rows = new ArrayList<>();
        for (Document row : database.getCollection(table).find()) {
            rows.add(columns.stream()
                    .map(column -> String.format(Locale.ROOT, "%s", row.get(column)))
                    .collect(Collectors.joining("|")));
        }
        rows.sort(null);
        return rows;
    }

    /** Nothing is seen of a step that was cancelled, and what writers had begun goes when it is closed. */
    @Override
    public void isWhatTheLedgerSays() throws Exception {
        Waiting.until(PATIENCE, this::isCleared);
        TABLES.forEach(table -> assertThat(database.getCollection(table).countDocuments())
                .as(table)
                .isZero());
    }

    @Override
    public void isCleared() {
        assertThat(staged()).isEmpty();
    }

    private List<String> staged() {
        return database.listCollectionNames().into(new ArrayList<>()).stream()
                .filter(collection -> collection.startsWith("_godwit.") && !collection.equals("_godwit.schema"))
                .toList();
    }
}
