package io.godwit.connector.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.connector.json.JsonField;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.run.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The aliases that are tables, and the indices below them. */
final class Aliases {
    private final Cluster cluster;
    private final String prefix;

    Aliases(Cluster cluster, String prefix) {
        this.cluster = cluster;
        this.prefix = prefix;
    }

    /**
     * A table that is there.
     *
     * @param columns null: it is not Godwit's
     * @param shown the indices of Godwit's whose documents the alias shows
     * @param others the indices behind it, shown or not, that are not Godwit's
     */
    record Table(@Nullable List<JsonField> columns, List<String> shown, List<String> others) {}

    Optional<Table> find(String alias) {
        Cluster.Answer answer = cluster.ask("looking for " + alias, "GET", "/" + Names.inPath(alias), null);
        if (!answer.isThere()) {
            return Optional.empty();
        }
        List<String> shown = new ArrayList<>();
        List<List<JsonField>> columns = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, JsonNode> index : answer.json().properties()) {
            boolean waits = index.getValue().path("aliases").path(alias).has("filter");
            Optional<List<JsonField>> known = Mapping.columns(index.getValue());
            if (known.isEmpty() || !Names.isIndex(alias, index.getKey())) {
                others.add(index.getKey());
                continue;
            }
            columns.add(waits ? columns.size() : 0, known.get());
            if (!waits) {
                shown.add(index.getKey());
            }
        }
        return Optional.of(new Table(others.isEmpty() && !columns.isEmpty() ? columns.get(0) : null, shown, others));
    }

    /** The columns of a step's index; empty where it is gone, or where what is there is not what a step made. */
    Optional<List<JsonField>> columns(String index) {
        Cluster.Answer answer = cluster.ask("looking at " + index, "GET", "/" + Names.inPath(index), null);
        return answer.isThere() ? Mapping.columns(answer.json().path(index)) : Optional.empty();
    }

    boolean exists(String index) {
        return cluster.ask("looking for " + index, "GET", "/" + Names.inPath(index) + "/_settings", null)
                .isThere();
    }

    /**
     * Makes a step's index, if it is not there yet, and looks what became of it.
     *
     * @param isNew whether the alias has it from now on, showing nothing of it
     */
    void create(String index, List<JsonField> columns, String alias, boolean isNew) {
        boolean makes = !exists(index);
        if (makes) {
            make(index, Mapping.index(Names.writing(index), columns, isNew ? alias : null));
        }
        JsonNode made = cluster.ask(
                        "looking at " + index, "GET", "/" + Names.inPath(index) + "?flat_settings=true", null)
                .json()
                .path(index);
        Mapping.alien(made, Names.writing(index), columns, alias).ifPresent(alien -> {
            if (makes) {
                delete(index);
            }
            throw cluster.error(
                    ErrorCode.SINK_REFUSED,
                    "index " + index + " is not what was to be created: " + alien,
                    "Look for an index template of the cluster that matches the name, and leave this out for it.",
                    null);
        });
    }

    private void make(String index, String body) {
        try {
            cluster.ask("creating " + index, "PUT", "/" + Names.inPath(index), body);
        } catch (GodwitException e) {
            if (e.code() != ErrorCode.SINK_REFUSED || !exists(index)) {
                throw e;
            }
        }
    }

    /** Deletes what a step made, whichever tables it wrote. */
    void deleteAll(StepId step) {
        String pattern = prefix + "*" + Names.suffix(step);
        JsonNode all = cluster.ask(
                        "looking for indices of step " + step,
                        "GET",
                        "/" + pattern + "/_settings?allow_no_indices=true&ignore_unavailable=true",
                        null)
                .json();
        List<String> names = new ArrayList<>();
        all.fieldNames().forEachRemaining(names::add);
        names.stream().filter(name -> name.endsWith(Names.suffix(step))).forEach(this::delete);
    }

    void delete(String index) {
        cluster.ask("deleting " + index, "DELETE", "/" + Names.inPath(index), null);
    }

    void refresh(String index) {
        cluster.ask("refreshing " + index, "POST", "/" + Names.inPath(index) + "/_refresh", null);
    }

    /** How many documents it shows; -1 where a shard did not answer. */
    long count(String index) {
        return count(index, null);
    }

    /** How many that match a query; of an index that is gone, none. */
    long count(String index, @Nullable ObjectNode query) {
        String body = query == null
                ? null
                : Cluster.JSON.createObjectNode().set("query", query).toString();
        JsonNode answer = cluster.ask("counting " + index, "POST", "/" + Names.inPath(index) + "/_count", body)
                .json();
        return answer.at("/_shards/failed").asInt(1) == 0 ? answer.path("count").asLong(-1) : -1;
    }
}
