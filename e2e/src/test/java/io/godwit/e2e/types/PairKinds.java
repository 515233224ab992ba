package io.godwit.e2e.types;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.godwit.connector.http.RestServer;
import io.godwit.e2e.harness.MariaDb;
import io.godwit.e2e.harness.Servers;
import io.godwit.e2e.harness.SqliteFiles;
import io.godwit.e2e.harness.WrittenCollections;
import io.godwit.e2e.harness.WrittenIndices;
import io.godwit.embedded.EmbeddedKafka;
import io.godwit.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The certified connectors, the formats of files, and MongoDB's protocol. */
final class PairKinds {
    private PairKinds() {}

    /** All, PostgreSQL first: others are filled from it. */
    static List<PairKind> all(Servers servers, Path home) {
        return List.of(
                new Postgres(servers),
                new MariaDbKind(servers),
                new SqliteKind(home),
                new Folder("csv", home),
                new Folder("jsonl", home),
                new Collections(),
                new Folder("parquet", home),
                new Topics(),
                new Indices(),
                new Http());
    }

    private static final class Postgres extends PairKind {
        private final Servers servers;

        Postgres(Servers servers) {
            super("postgresql");
            this.servers = servers;
        }

        @Override
        String document(String connection, String database) {
            return servers.document(database.equals(HARD) ? "source" : "target", database)
                    .replaceFirst("name: .*", "name: " + connection);
        }

        /** Types are made by their owner, not by a copy: what the plan refuses without them is a test of its own. */
        @Override
        void create(String database, PairKind source) throws Exception {
            String types = script().lines()
                    .filter(line -> line.matches("create (type|domain) .*"))
                    .collect(Collectors.joining("\n"));
            Servers.create(servers.right(), database, source instanceof Postgres ? types : "");
        }

        @Override
        void fill() throws Exception {
            Servers.create(servers.left(), HARD, script());
        }

        @Override
        String table() {
            return "public.{table}";
        }

        @Override
        Optional<Map<String, JsonNode>> seen(String database, String table) throws Exception {
            Map<String, JsonNode> values = new HashMap<>();
            EmbeddedPostgres server = database.equals(HARD) ? servers.left() : servers.right();
            try (Connection connection = server.connect(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("set timezone = 'UTC'");
                // A cast to text takes a char's blanks and gives an inet its mask; concat makes t of true.
                ResultSet row =
                        statement.executeQuery("select id, case when pg_typeof(v) = 'bool'::regtype then v::text"
                                + " when v is not null then concat(v) end from public." + table);
                while (row.next()) {
                    String value = row.getString(2);
                    values.put(row.getString(1), value == null ? NullNode.instance : TextNode.valueOf(value));
                }
            }
            return Optional.of(values);
        }
    }

    private static final class MariaDbKind extends PairKind {
        private final Servers servers;

        MariaDbKind(Servers servers) {
            super("mariadb");
            this.servers = servers;
        }

        @Override
        String document(String connection, String database) {
            return servers.mariaDbDocument(connection, database);
        }

        @Override
        void create(String database, PairKind source) throws Exception {
            MariaDb.create(servers.mariaDb(), database, "");
        }

        @Override
        void fill() throws Exception {
            MariaDb.create(servers.mariaDb(), HARD, script());
        }

        @Override
        String lists() {
            return "mariadb";
        }

        @Override
        Map<String, String> consents() {
            return Map.of("money", "numeric(19,2)");
        }

        @Override
        Map<String, String> without() {
            return Map.of("x_widest", "1600 columns, where a table of this server has 1017 at most");
        }
    }

    private static final class SqliteKind extends PairKind {
        private final Path home;

        SqliteKind(Path home) {
            super("sqlite");
            this.home = home;
        }

        @Override
        String document(String connection, String database) {
            return SqliteFiles.document(connection, file(database));
        }

        @Override
        void create(String database, PairKind source) throws Exception {
            SqliteFiles.create(file(database), "");
        }

        @Override
        void fill() throws Exception {
            SqliteFiles.create(file(HARD), script());
        }

        @Override
        String lists() {
            return "sqlite";
        }

        @Override
        Map<String, String> consents() {
            return Map.of("money", "numeric(19,2)");
        }

        private Path file(String database) {
            return home.resolve("files").resolve(database + ".db");
        }
    }

    private static final class Folder extends PairKind {
        private final Path home;

        Folder(String format, Path home) {
            super(format);
            this.home = home;
        }

        @Override
        String document(String connection, String database) {
            return """
                    kind: Connection
                    name: %s
                    type: file
                    database: %s
                    options: { format: %s }
                    ---
                    """.formatted(connection, folder(database), name());
        }

        @Override
        void create(String database, PairKind source) throws IOException {
            Files.createDirectories(folder(database));
        }

        private Path folder(String database) {
            return home.resolve("files").resolve(name()).resolve(database);
        }
    }

    /** A server that speaks MongoDB's protocol, though not MongoDB's own. */
    private static final class Collections extends PairKind {
        Collections() {
            super("mongodb");
        }

        @Override
        String document(String connection, String database) {
            return WrittenCollections.document(connection, database, "");
        }

        /** A database is there from its first collection on. */
        @Override
        void create(String database, PairKind source) {}
    }

    /** A REST interface, which is read only. Its values are JSON, their types declared. */
    private static final class Http extends PairKind {
        private final RestServer server = new RestServer();

        Http() {
            super("http");
        }

        @Override
        String lists() {
            return name();
        }

        @Override
        String document(String connection, String database) throws IOException {
            String tables = types().entrySet().stream()
                    .map(table ->
                            table.getKey() + "(id int8, v " + table.getValue().get(0) + ")")
                    .collect(Collectors.joining(", "));
            return """
                    kind: Connection
                    name: %s
                    type: http
                    host: 127.0.0.1
                    port: %d
                    database: /api/page
                    options:
                      sslMode: disable
                      paging: page
                      pageSize: 2
                      rows: /items
                      total: /meta/total
                      tables: '%s, x_empty(id int8), x_sampled, "we ird%%ü"'
                    ---
                    """.formatted(connection, server.port(), tables);
        }

        @Override
        void create(String database, PairKind source) {}

        @Override
        void fill() throws IOException {
            types().forEach((table, words) -> server.put(
                    table,
                    IntStream.range(0, words.size())
                            .mapToObj(i -> "{\"v\": " + (i == 0 ? "null" : words.get(i)) + ", \"id\": " + i + "}")
                            .toList()));
            server.put("x_empty", List.of());
            server.put(
                    "x_sampled",
                    IntStream.range(0, 1000)
                            .mapToObj(i -> "{\"id\": " + i + ", \"big\": 1844674407370955161" + i % 10
                                    + ", \"t\": \"row " + i + "\", \"b\": " + (i % 2 == 0)
                                    + ", \"nested\": {\"i\": [" + i + ", 1.10, null]}}")
                            .toList());
            server.put("we ird%ü", List.of("{\"it's\": 1, \"per%cent ?\": \"x\"}"));
        }

        @Override
        boolean isSink() {
            return false;
        }
    }

    /** A cluster has no databases: each is a broker. */
    private static final class Topics extends PairKind {
        private final Map<String, EmbeddedKafka> brokers = new HashMap<>();

        Topics() {
            super("kafka");
        }

        @Override
        String document(String connection, String database) {
            return """
                    kind: Connection
                    name: %s
                    type: kafka
                    host: 127.0.0.1
                    port: %d
                    database: kafka
                    ---
                    """.formatted(connection, broker(database).port());
        }

        @Override
        void create(String database, PairKind source) {
            broker(database);
        }

        /** Names that no topic may have; BadPlacesIT shows that they are refused. */
        @Override
        Collection<String> except() {
            return List.of("we*", "Mixed*");
        }

        private EmbeddedKafka broker(String database) {
            return brokers.computeIfAbsent(database, name -> {
                EmbeddedKafka broker = EmbeddedKafka.builder().start();
                Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
                return broker;
            });
        }
    }

    /** A cluster has no databases: each is what names begin with. It is written only. */
    private static final class Indices extends PairKind {
        Indices() {
            super("opensearch");
        }

        @Override
        boolean isSource() {
            return false;
        }

        @Override
        String document(String connection, String database) {
            return WrittenIndices.document(connection, database + "-");
        }

        @Override
        void create(String database, PairKind source) {}

        @Override
        Optional<Map<String, JsonNode>> seen(String database, String table) throws Exception {
            Map<String, JsonNode> values = new HashMap<>();
            for (JsonNode row : WrittenIndices.documents(database + "-" + table)) {
                values.put(row.path("id").asText(), row.path("v"));
            }
            return Optional.of(values);
        }
    }
}
