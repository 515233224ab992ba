package io.godwit.connector.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster said of documents that were sent together.
 *
 * @param documents of how many it speaks
 * @param busy whether some have to be sent again
 * @param gone whether there is no index that they may be written into
 * @param refused which can never be stored, for what they hold: by their place, why, without values
 * @param failure what else became of one, which is no document's fault
 */
record BulkAnswer(
        int documents,
        boolean busy,
        boolean gone,
        Map<Integer, String> refused,
        @Nullable String failure) {
    /** What of an answer is wanted. */
    static final String FILTER = "items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.type";

    /**
     * That it is the document: OpenSearch's word, Elasticsearch's since 8, and what both say of mappings that are
     * strict.
     */
    private static final Set<String> OF_DOCUMENTS =
            Set.of("mapper_parsing_exception", "document_parsing_exception", "strict_dynamic_mapping_exception");

    /** That it is a term of it, where the error's own word says of anything that is wrong. */
    private static final String LONG_TERM = "max_bytes_length_exceeded_exception";

    /** All that is taken of a text that may quote the document. */
    private static final Pattern FIELD = Pattern.compile("field \\[([^\\].]*)|field=\"([^\".]*)");

    static BulkAnswer of(JsonNode answer, List<String> columns) {
        boolean busy = false;
        boolean gone = false;
        String failure = null;
        Map<Integer, String> refused = new LinkedHashMap<>();
        int document = 0;
        for (JsonNode item : answer.path("items")) {
            JsonNode index = item.path("index");
            int status = index.path("status").asInt();
            if (status == 429 || status >= 500) {
                busy = true;
            } else if (status == 404 || status == 403) {
                gone = true;
            } else if (status == 400 && isOfDocument(index.path("error"))) {
                refused.put(document, why(index.path("error"), columns));
            } else if (status / 100 != 2) {
                failure = status + " " + index.at("/error/type").asText();
            }
            document++;
        }
        return new BulkAnswer(document, busy, gone, refused, failure);
    }

    private static boolean isOfDocument(JsonNode error) {
        return OF_DOCUMENTS.contains(error.path("type").asText())
                || error.at("/caused_by/type").asText().equals(LONG_TERM);
    }

    private static String why(JsonNode error, List<String> columns) {
        StringBuilder why = new StringBuilder(error.path("type").asText());
        String cause = error.at("/caused_by/type").asText();
        if (!cause.isEmpty()) {
            why.append(", ").append(cause);
        }
        Matcher field = FIELD.matcher(error.path("reason").asText());
        while (field.find()) {
            String name = field.group(1) == null ? field.group(2) : field.group(1);
            if (columns.contains(name)) {
                return why.append(", column ").append(name).toString();
            }
        }
        return why.toString();
    }
}
