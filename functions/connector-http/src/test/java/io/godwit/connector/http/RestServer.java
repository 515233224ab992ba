package io.godwit.connector.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.godwit.connector.Means;
import io.godwit.connector.Source;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Serves tables as REST interfaces do, in each style of paging below a path of its own, and what a test gives it. */
public final class RestServer implements AutoCloseable {
    /** The most rows that it gives at once. */
    static final int MOST = 500;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, List<String>> tables = new ConcurrentHashMap<>();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else every answer waits for an acknowledgement
    }

    public RestServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The rows of a table, each a JSON object. */
    public void put(String table, List<String> rows) {
        tables.put(table, List.copyOf(rows));
    }

    public void add(String table, List<String> rows) {
        List<String> all = new ArrayList<>(tables.getOrDefault(table, List.of()));
        all.addAll(rows);
        put(table, all);
    }

    /** What answers requests for a path instead, encoded as it stands in the request. */
    void answer(String path, HttpHandler handler) {
        handlers.put(path, handler);
    }

    /** Path and query of every request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** A connection to the tables under one style of paging. */
    public Connection connection(String paging, String named, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of("sslMode", "disable", "tables", named, "paging", paging));
        switch (paging) {
            case "page" -> options.putAll(Map.of("rows", "/items", "total", "/meta/total"));
            case "offset" -> options.put("total", "X-Total-Count");
            case "cursor" -> options.putAll(Map.of("rows", "/items", "next", "/meta/next", "pageSize", "100"));
            case "link" -> options.put("pageSize", "100");
            default -> {}
        }
        options.putAll(more);
        options.values().removeIf(String::isEmpty);
        return new Connection(
                "api", "http", "127.0.0.1", port(), "/api/" + paging, null, null, options, Limits.NONE, List.of());
    }

    Source source(String paging, String named, Map<String, String> more) {
        return open(connection(paging, named, more));
    }

    static Source open(Connection connection) {
        return new HttpConnector().source(connection, Means.of(reference -> "hush"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI().toString());
        String path = exchange.getRequestURI().getRawPath();
        try (exchange) {
            HttpHandler own = handlers.get(path);
            if (own != null) {
                own.handle(exchange);
                return;
            }
            String[] parts = path.split("/", 4); // "", api, style, table
            List<String> rows =
                    parts.length < 4 ? null : tables.get(URLDecoder.decode(parts[3], StandardCharsets.UTF_8));
            if (rows == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            rows(exchange, parts[2], rows);
        }
    }

    private void rows(HttpExchange exchange, String style, List<String> rows) throws IOException {
        Map<String, String> query = query(exchange);
        int size = Math.min(MOST, Integer.parseInt(query.getOrDefault("limit", "100")));
        int from = switch (style) {
            case "page" -> (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * size;
            case "offset" -> Integer.parseInt(query.getOrDefault("offset", "0"));
            default -> Integer.parseInt(query.getOrDefault("cursor", "0"));
        };
        int to = style.equals("none") ? rows.size() : Math.min(rows.size(), from + size);
        String list = from >= rows.size()
                ? "[]"
                : String.join(",\n", rows.subList(from, to)).transform(s -> "[" + s + "]");
        boolean more = to < rows.size();
        switch (style) {
            case "page" -> send(exchange, "{\"meta\": {\"total\": " + rows.size() + "}, \"items\": " + list + "}");
            case "cursor" ->
                send(
                        exchange,
                        "{\"items\": " + list + ", \"meta\": {\"next\": " + (more ? "\"" + to + "\"" : "null") + "}}");
            case "offset" -> {
                exchange.getResponseHeaders().add("X-Total-Count", String.valueOf(rows.size()));
                send(exchange, list);
            }
            case "link" -> {
                String self =
                        "http://127.0.0.1:" + port() + exchange.getRequestURI().getRawPath();
                exchange.getResponseHeaders()
                        .add(
                                "Link",
                                "<" + self + "?limit=" + size + ">; rel=\"first\""
                                        + (more
                                                ? ", <" + self + "?limit=" + size + "&cursor=" + to + ">; rel=\"next\""
                                                : ""));
                send(exchange, list);
            }
            default -> {
                exchange.getResponseHeaders().add("ETag", "\"" + rows.hashCode() + "\"");
                send(exchange, list);
            }
        }
    }

    static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                ? Map.of()
                : Arrays.stream(query.split("&"))
                        .map(one -> one.split("=", 2))
                        .collect(Collectors.toMap(
                                one -> URLDecoder.decode(one[0], StandardCharsets.UTF_8),
                                one -> URLDecoder.decode(one[1], StandardCharsets.UTF_8)));
    }

    static void send(HttpExchange exchange, String body) throws IOException {
        send(exchange, body.getBytes(StandardCharsets.UTF_8));
    }

    static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
