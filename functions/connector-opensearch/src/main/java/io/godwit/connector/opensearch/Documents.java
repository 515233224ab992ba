package io.godwit.connector.opensearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.connector.json.Json;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads documents back, each as the bytes that were sent. */
final class Documents {
    private static final long PAGE_BYTES = 8 << 20;
    private static final long STORED_IN = 8;
    private static final int MOST_PAGE = 1000;
    private static final int FIRST_PAGE = 50;

    private final Cluster cluster;

    Documents(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Takes one document. */
    @FunctionalInterface
    interface Each {
        void document(byte[] body, int offset, int length) throws IOException;
    }

    /** @param query null: all */
    void read(String index, @Nullable ObjectNode query, Each each) {
        String doing = "reading " + index + " back";
        Cluster.Answer answer = first(doing, index, query);
        while (true) {
            Page page = page(doing, answer.body(), each);
            ObjectNode scroll = Cluster.JSON.createObjectNode().put("scroll_id", page.scroll());
            if (page.documents() == 0) {
                cluster.ask(doing, "DELETE", "/_search/scroll", scroll.toString());
                return;
            }
            answer = cluster.ask(
                    doing, "POST", "/_search/scroll", scroll.put("scroll", "5m").toString());
        }
    }

    /** The first page decides how many documents each has: as many as fit into an answer. */
    private Cluster.Answer first(String doing, String index, @Nullable ObjectNode query) {
        ObjectNode request = Cluster.JSON.createObjectNode();
        request.withArrayProperty("sort").add("_doc");
        if (query != null) {
            request.set("query", query);
        }
        for (int size = pageSize(index); ; size /= 2) {
            request.put("size", size);
            try {
                return cluster.ask(doing, "POST", "/" + Names.inPath(index) + "/_search?scroll=5m", request.toString());
            } catch (GodwitException e) {
                if (size == 1 || !Cluster.isTooLarge(e)) {
                    throw e;
                }
            }
        }
    }

    /** So many that a page is some megabytes, even where the store has them in an eighth of their size. */
    private int pageSize(String index) {
        var all = cluster.ask("measuring " + index, "GET", "/" + Names.inPath(index) + "/_stats/docs,store", null)
                .json()
                .at("/_all/primaries");
        long documents = all.at("/docs/count").asLong();
        long bytes = all.at("/store/size_in_bytes").asLong();
        return documents == 0 || bytes == 0
                ? FIRST_PAGE
                : (int) Math.max(1, Math.min(MOST_PAGE, PAGE_BYTES / Math.max(1, STORED_IN * bytes / documents)));
    }

    private record Page(String scroll, long documents) {}

    private Page page(String doing, byte[] body, Each each) {
        String scroll = "";
        long documents = 0;
        try (JsonParser parser = Json.FACTORY.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("_scroll_id")) {
                    scroll = parser.getText();
                } else if (name.equals("hits")) {
                    documents = hits(parser, body, each);
                } else if (name.equals("_shards")) {
                    requireNoneFailed(doing, parser);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw cluster.error(
                    ErrorCode.SINK_INTERRUPTED, doing + ": the answer is not as it should be", "Try it again.", e);
        }
        return new Page(scroll, documents);
    }

    /** A shard that failed would be rows left out. */
    private void requireNoneFailed(String doing, JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean failed = parser.currentName().equals("failed");
            parser.nextToken();
            if (failed && parser.getIntValue() > 0) {
                throw cluster.error(
                        ErrorCode.SINK_INTERRUPTED, doing + ": a shard did not answer", "Try it again.", null);
            }
            parser.skipChildren();
        }
    }

    private static long hits(JsonParser parser, byte[] body, Each each) throws IOException {
        long documents = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean list = parser.currentName().equals("hits");
            parser.nextToken();
            if (!list) {
                parser.skipChildren();
                continue;
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                hit(parser, body, each);
                documents++;
            }
        }
        return documents;
    }

    private static void hit(JsonParser parser, byte[] body, Each each) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean source = parser.currentName().equals("_source");
            parser.nextToken();
            int begin = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            parser.skipChildren();
            if (source) {
                int end = Math.toIntExact(parser.currentLocation().getByteOffset());
                each.document(body, begin, end - begin);
            }
        }
    }
}
