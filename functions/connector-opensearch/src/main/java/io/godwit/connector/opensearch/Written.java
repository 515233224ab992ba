package io.godwit.connector.opensearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.core.port.SinkLedgers.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a ledger says of the documents in a step's index.
 *
 * @param attempts whose documents count
 * @param documents how many those are
 */
record Written(List<String> attempts, long documents) {

    /** @param tables ordinals of the tables that are written into the index */
    static Written of(Units units, Set<Integer> tables) {
        List<String> attempts = new ArrayList<>();
        long[] documents = {0};
        units.forEach(unit -> {
            if (tables.contains(unit.row().subtask().table())) {
                attempts.add(String.valueOf(unit.row().attempt()));
                documents[0] += Long.parseLong(unit.content());
            }
        });
        return new Written(List.copyOf(attempts), documents[0]);
    }

    /** The documents that count. */
    ObjectNode query() {
        ObjectNode query = Cluster.JSON.createObjectNode();
        ArrayNode routing = query.withObjectProperty("terms").withArrayProperty("_routing");
        attempts.forEach(routing::add);
        return query;
    }

    /** Those that do not. */
    String litter() {
        ObjectNode body = Cluster.JSON.createObjectNode();
        body.withObjectProperty("query").withObjectProperty("bool").set("must_not", query());
        return body.toString();
    }
}
