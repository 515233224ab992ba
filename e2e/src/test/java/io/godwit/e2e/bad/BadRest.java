package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import io.godwit.connector.http.RestServer;
import java.io.IOException;
import java.util.List;

/** Interfaces of HTTP. */
final class BadRest implements BadKind {
    private final RestServer rest;

    BadRest() throws IOException {
        rest = new RestServer();
        rest.put("orders", List.of("{\"id\": 1}", "{\"id\": \"two\"}"));
        rest.put("words", List.of("1", "2"));
    }

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source("interface without tables", http(""), "CONNECTION_OPTION_REFUSED", "tables"),
                Bad.source(
                        "path out of an interface", http("tables: ../orders"), "CONNECTION_OPTION_REFUSED", "tables"),
                Bad.source(
                        "interface that is not there",
                        http("tables: orders").replaceFirst("port: .*", "port: 1"),
                        "SOURCE_UNREACHABLE",
                        "127.0.0.1"),
                Bad.source("resource that is not there", http("tables: ordres"), "NO_TABLE_MATCHES", "bad"),
                Bad.source("list of words", http("tables: words"), "SOURCE_REFUSED", "/api/offset/words"),
                Bad.source("list that is elsewhere", http("tables: orders, rows: /items"), "SOURCE_REFUSED", "/items"),
                Bad.reading(
                        "condition of an interface that is none",
                        http("tables: \"orders(id int8)\""),
                        "tables: [orders], where: id > 1",
                        "SOURCE_REFUSED",
                        "where",
                        "filter"),
                Bad.sink(
                        "interface to be written",
                        http("tables: orders"),
                        "table: orders",
                        "NOT_SUPPORTED",
                        "read, not written"));
    }

    @Override
    public List<Bad> rows() {
        return List.of(Bad.row(
                "element that is no number",
                http("tables: \"orders(id int8)\""),
                "ROW_NOT_CONVERTIBLE",
                "/api/offset/orders?offset=0#/1"));
    }

    @Override
    public void close() {
        rest.close();
    }

    private String http(String options) {
        return connection(
                "http",
                "host: 127.0.0.1\nport: " + rest.port() + "\ndatabase: /api/offset",
                "sslMode: disable, paging: offset, total: X-Total-Count, " + options);
    }
}
