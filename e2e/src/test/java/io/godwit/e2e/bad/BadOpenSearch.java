package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import java.util.List;

/** Clusters of OpenSearch, none of which is there. */
final class BadOpenSearch implements BadKind {

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.sink(
                        "cluster that is not there",
                        connection("opensearch", "host: 127.0.0.1\nport: 1\ndatabase: shop-", "sslMode: disable"),
                        "table: orders",
                        "SINK_UNREACHABLE",
                        "127.0.0.1"),
                Bad.sink(
                        "names that no index has",
                        connection("opensearch", "host: 127.0.0.1\ndatabase: Shop", ""),
                        "table: orders",
                        "CONNECTION_OPTION_REFUSED",
                        "database",
                        "shop-"),
                Bad.source(
                        "cluster to be read",
                        connection("opensearch", "host: 127.0.0.1\ndatabase: shop-", ""),
                        "NOT_SUPPORTED",
                        "written, not read"));
    }
}
