package io.godwit.connector.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.connector.json.JsonField;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Column;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an index knows of a table: its columns with their types, to the letter, under {@code _meta}; and how to search
 * them. What a field cannot index is in the document nevertheless: nothing is refused, or changed, for being odd.
 */
final class Mapping {
    /** Elsewhere a dot makes an object, and a blank an error. */
    private static final Pattern SEARCHABLE = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    /** Of Lucene's 32766 bytes, in characters of four. */
    private static final int LONGEST_TERM = 8191;

    private static final int SPARE_FIELDS = 1000;

    /** What every index has. Templates of the cluster would else alter or lose documents. */
    private static final Map<String, String> EVER = Map.of(
            "index.default_pipeline", "_none",
            "index.final_pipeline", "_none",
            "index.translog.durability", "request");

    /** What an index is to have, unless it has none at all. */
    private static final Map<String, String> IF_ANY = Map.of(
            "index.search.default_pipeline", "_none",
            "index.derived_source.enabled", "false",
            "index.mapping.source.mode", "stored",
            "index.mode", "standard");

    private Mapping() {}

    static List<JsonField> columns(TablePlan table) {
        return table.columns().stream()
                .map(column -> new JsonField(column.target(), column.wireType()))
                .toList();
    }

    /**
     * The body that creates an index.
     *
     * @param writing the alias under which it is written
     * @param alias that shows nothing of it; null: none
     */
    static String index(String writing, List<JsonField> columns, @Nullable String alias) {
        ObjectNode index = Cluster.JSON.createObjectNode();
        ObjectNode settings = index.withObjectProperty("settings");
        EVER.forEach(settings::put);
        settings.put("index.mapping.total_fields.limit", 2 * columns.size() + SPARE_FIELDS)
                .put("index.max_terms_count", Integer.MAX_VALUE); // attempts, when the step is published
        ObjectNode mappings = index.withObjectProperty("mappings");
        mappings.put("dynamic", false);
        mappings.withObjectProperty("_source").put("enabled", true);
        ObjectNode fields = mappings.withObjectProperty("properties");
        var meta = mappings.withObjectProperty("_meta").withArrayProperty("godwit");
        for (JsonField column : columns) {
            meta.addObject()
                    .put("name", column.name())
                    .put("type", column.type().notation());
            if (SEARCHABLE.matcher(column.name()).matches()) {
                fields.set(column.name(), field(column.type()));
            }
        }
        ObjectNode aliases = index.withObjectProperty("aliases");
        aliases.withObjectProperty(writing).put("is_hidden", true);
        if (alias != null) {
            aliases.withObjectProperty(alias).withObjectProperty("filter").withObjectProperty("match_none");
        }
        return index.toString();
    }

    private static ObjectNode field(LogicalType type) {
        ObjectNode field = Cluster.JSON.createObjectNode();
        if (type == Scalar.BOOL) {
            return field.put("type", "boolean");
        }
        if (type == Scalar.INT2 || type == Scalar.INT4 || type == Scalar.INT8) {
            return field.put("type", "long");
        }
        if (type == Scalar.FLOAT4 || type == Scalar.FLOAT8 || type instanceof Decimal) {
            return field.put("type", "double").put("ignore_malformed", true); // NaN, and what a double rounds
        }
        boolean moment = type instanceof Temporal temporal
                && (temporal.kind() == Temporal.Kind.TIMESTAMP || temporal.kind() == Temporal.Kind.TIMESTAMPTZ);
        if (type == Scalar.DATE || moment) {
            return field.put("type", "date")
                    .put("format", "yyyy-MM-dd HH:mm:ss.SSSSSSXXX||strict_date_optional_time")
                    .put("ignore_malformed", true);
        }
        if (type == Scalar.TEXT || type instanceof VarChar) {
            field.put("type", "text");
            field.withObjectProperty("fields")
                    .withObjectProperty("keyword")
                    .put("type", "keyword")
                    .put("ignore_above", LONGEST_TERM);
            return field;
        }
        return type == Scalar.JSONB
                ? field.put("type", "object").put("enabled", false)
                : field.put("type", "keyword").put("ignore_above", LONGEST_TERM);
    }

    /**
     * What of an index would let documents be others than those sent, or show them early.
     *
     * @param index as the cluster describes it, with flat settings
     * @param alias that may show nothing of it
     */
    static Optional<String> alien(JsonNode index, String writing, List<JsonField> columns, String alias) {
        JsonNode settings = index.path("settings");
        JsonNode mappings = index.path("mappings");
        for (Map.Entry<String, String> setting : EVER.entrySet()) {
            if (!settings.path(setting.getKey()).asText().equals(setting.getValue())) {
                return Optional.of("setting " + setting.getKey());
            }
        }
        for (Map.Entry<String, String> setting : IF_ANY.entrySet()) {
            if (!settings.path(setting.getKey()).asText(setting.getValue()).equals(setting.getValue())) {
                return Optional.of("setting " + setting.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> source : mappings.path("_source").properties()) {
            if (!source.getKey().equals("enabled") || !source.getValue().asBoolean()) {
                return Optional.of("mapping _source." + source.getKey());
            }
        }
        if (!mappings.path("dynamic").asText().equals("false")) {
            return Optional.of("mapping dynamic");
        }
        if (!columns(index).equals(Optional.of(columns))) {
            return Optional.of("mapping _meta.godwit");
        }
        boolean written = false;
        for (Map.Entry<String, JsonNode> entry : index.path("aliases").properties()) {
            boolean waits = entry.getKey().equals(alias) && entry.getValue().has("filter");
            written |= entry.getKey().equals(writing);
            if (!waits && !entry.getKey().equals(writing)) {
                return Optional.of("alias " + entry.getKey());
            }
        }
        return written ? Optional.empty() : Optional.of("no alias " + writing);
    }

    /** The columns of an index that Godwit wrote; empty where it is another's. */
    static Optional<List<JsonField>> columns(JsonNode index) {
        JsonNode meta = index.at("/mappings/_meta/godwit");
        if (!meta.isArray()) {
            return Optional.empty();
        }
        List<JsonField> columns = new ArrayList<>();
        meta.forEach(column -> columns.add(new JsonField(
                column.path("name").asText(),
                LogicalType.parse(column.path("type").asText()))));
        return Optional.of(columns);
    }

    static Column column(JsonField field) {
        return new Column(field.name(), field.type(), field.type().notation(), true, null, false, null, null, null);
    }
}
