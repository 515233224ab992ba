package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import io.godwit.embedded.EmbeddedKafka;
import java.util.List;

/** Clusters of Kafka and their topics. */
final class BadKafka implements BadKind {
    private final EmbeddedKafka broker = EmbeddedKafka.builder().start();

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source("cluster that is not there", kafka(1, "kafka", ""), "SOURCE_UNREACHABLE", "127.0.0.1"),
                Bad.source(
                        "cluster that is another",
                        kafka(broker.port(), "5L6g3nShT-eMCtK--X86sw", ""),
                        "SOURCE_LOGIN_REFUSED",
                        "5L6g3nShT-eMCtK--X86sw",
                        "database"),
                Bad.source(
                        "property of Kafka's client",
                        kafka(broker.port(), "kafka", "sasl.jaas.config: x"),
                        "CONNECTION_OPTION_REFUSED",
                        "sasl.jaas.config"),
                Bad.source(
                        "columns that are none",
                        kafka(broker.port(), "kafka", "columns: '{\"orders\": {\"id\": \"int9\"}}'"),
                        "CONNECTION_OPTION_REFUSED",
                        "columns"),
                Bad.reading(
                        "topic that is not there",
                        kafka(broker.port(), "kafka", ""),
                        "tables: [ordres]",
                        "NO_TABLE_MATCHES",
                        "ordres"),
                Bad.sink(
                        "rows of a topic that are to be replaced",
                        kafka(broker.port(), "kafka", ""),
                        "table: orders, mode: swap",
                        "NOT_SUPPORTED",
                        "swap",
                        "append"),
                Bad.sink(
                        "name that no topic may have",
                        kafka(broker.port(), "kafka", ""),
                        "table: \"the orders\"",
                        "NOT_SUPPORTED",
                        "the orders",
                        "letters"));
    }

    @Override
    public void close() {
        broker.close();
    }

    private static String kafka(int port, String database, String options) {
        return connection("kafka", "host: 127.0.0.1\nport: " + port + "\ndatabase: " + database, options);
    }
}
