package io.godwit.platform.jobfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.NearestWord;
import io.godwit.platform.jobfile.Tree.Kind;
import io.godwit.platform.jobfile.Tree.Place;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A JSON Schema (2020-12), checked against trees so that every error has its place, and a remedy that the schema's
 * words allow. It knows the keywords below and refuses a schema with any other, so that none is ever passed over; a
 * test holds it against a full implementation. {@code not: {}} marks a key that is refused with its description as the
 * reason.
 */
final class Schema {
    private static final Set<String> NOTES =
            Set.of("$schema", "$id", "$defs", "title", "description", "writeOnly", "x-later");
    private static final Set<String> CHECKS = Set.of(
            "$ref",
            "if",
            "then",
            "else",
            "not",
            "type",
            "const",
            "enum",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "items",
            "required",
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames");

    private static final Set<String> NESTED =
            Set.of("if", "then", "else", "items", "propertyNames", "additionalProperties");

    private final JsonNode root;

    private Schema(JsonNode root) {
        this.root = root;
    }

    /** The schema of {@code schemas/NAME/NAME.json}. */
    static Schema load(String name) {
        String path = "/schemas/" + name + "/" + name + ".json";
        try (InputStream stream = Schema.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            Schema schema = new Schema(Json.mapper().readTree(stream));
            schema.refuseUnknownKeywords(schema.root);
            schema.root.path("$defs").forEach(schema::refuseUnknownKeywords);
            return schema;
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    void check(Cursor document, Problems problems) {
        if (document.tree() != null) {
            check(root, document.tree(), document.path(), problems);
        }
    }

    private void check(JsonNode schema, Tree value, String path, Problems problems) {
        if (schema.has("$ref")) {
            check(resolve(schema.get("$ref").textValue()), value, path, problems);
        }
        if (schema.has("if")) {
            Problems condition = new Problems("");
            check(schema.get("if"), value, path, condition);
            check(schema.path(condition.isEmpty() ? "then" : "else"), value, path, problems);
        }
        if (schema.has("not")) {
            ErrorCode code = schema.has("x-later") ? ErrorCode.NOT_SUPPORTED : ErrorCode.JOB_FILE_INVALID;
            problems.add(value.place(), code, path, description(schema), "Take the key out.");
        } else if (!hasType(schema, value)) {
            wrongType(schema, value, path, problems);
        } else if (value instanceof Tree.Scalar scalar) {
            checkScalar(schema, scalar, path, problems);
        } else if (value instanceof Tree.Items items) {
            checkItems(schema, items, path, problems);
        } else if (value instanceof Tree.Fields fields) {
            checkFields(schema, fields, path, problems);
        }
    }

    private static void checkScalar(JsonNode schema, Tree.Scalar scalar, String path, Problems problems) {
        Place place = scalar.place();
        String text = scalar.text();
        if (schema.has("const") && !text.equals(schema.get("const").textValue())) {
            problems.add(place, path, "must be " + schema.get("const").textValue(), "");
        }
        if (schema.has("enum")) {
            List<String> words = new ArrayList<>();
            schema.get("enum").forEach(word -> words.add(word.textValue()));
            if (!words.contains(text)) {
                problems.add(place, path, "unknown word " + text, NearestWord.remedy(text, words));
            }
        }
        if (scalar.kind() == Kind.TEXT) {
            int length = text.codePointCount(0, text.length());
            boolean form =
                    !schema.has("pattern") || matches(schema.get("pattern").textValue(), text);
            if (!form || length < schema.path("minLength").asInt(0)) {
                problems.add(place, path, "must be " + description(schema), "");
            } else if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
                problems.add(place, path, "is longer than " + schema.get("maxLength") + " characters", "");
            }
        }
        if (scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.NUMBER) {
            BigDecimal number = new BigDecimal(text);
            boolean low = schema.has("minimum")
                    && number.compareTo(schema.get("minimum").decimalValue()) < 0;
            boolean high = schema.has("maximum")
                    && number.compareTo(schema.get("maximum").decimalValue()) > 0;
            if (low || high) {
                String bound = low ? "at least " + schema.get("minimum") : "at most " + schema.get("maximum");
                problems.add(place, path, "must be " + bound, "");
            }
        }
    }

    private void checkItems(JsonNode schema, Tree.Items items, String path, Problems problems) {
        int size = items.items().size();
        if (size < schema.path("minItems").asInt(0)) {
            problems.add(items.place(), path, "is an empty list", "Name at least " + schema.get("minItems") + ".");
        }
        if (size > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            problems.add(items.place(), path, "has more than " + schema.get("maxItems") + " elements", "");
        }
        for (int at = 0; at < size; at++) {
            check(schema.path("items"), items.items().get(at), path + "[" + at + "]", problems);
        }
    }

    private void checkFields(JsonNode schema, Tree.Fields fields, String path, Problems problems) {
        JsonNode properties = schema.path("properties");
        for (JsonNode required : schema.path("required")) {
            // Where a key is nearly the one that is missing, saying that it is unknown says it all.
            if (!fields.fields().containsKey(required.textValue())
                    && fields.fields().keySet().stream()
                            .filter(key -> !properties.has(key))
                            .noneMatch(key ->
                                    NearestWord.of(key, taken(properties)).equals(Optional.of(required.textValue())))) {
                problems.add(fields.place(), path, "the key " + required.textValue() + " is missing", "");
            }
        }
        JsonNode others = schema.path("additionalProperties");
        JsonNode names = schema.path("propertyNames");
        fields.fields().forEach((key, field) -> {
            String below = path.isEmpty() ? key : path + "." + key;
            if (names.has("pattern") && !matches(names.get("pattern").textValue(), key)) {
                problems.add(field.key(), path, "the name " + key + " must be " + description(names), "");
            }
            JsonNode alike = alike(schema, key);
            if (properties.has(key)) {
                check(properties.get(key), field.value(), below, problems);
            } else if (!alike.isMissingNode()) {
                check(alike, field.value(), below, problems);
            } else if (others.isBoolean() && !others.booleanValue()) {
                problems.add(field.key(), path, "unknown key " + key, NearestWord.remedy(key, taken(properties)));
            } else {
                check(others, field.value(), below, problems);
            }
        });
    }

    /** What the first pattern says that a key matches which is not named. */
    private static JsonNode alike(JsonNode schema, String key) {
        return schema.path("patternProperties").properties().stream()
                .filter(pattern -> matches(pattern.getKey(), key))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static Set<String> taken(JsonNode properties) {
        Set<String> keys = new TreeSet<>();
        properties.properties().forEach(property -> {
            if (!property.getValue().has("not")) {
                keys.add(property.getKey());
            }
        });
        return keys;
    }

    private static boolean hasType(JsonNode schema, Tree value) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return true;
        }
        if (type.isTextual()) {
            return isOf(type.textValue(), value);
        }
        for (JsonNode one : type) {
            if (isOf(one.textValue(), value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(String type, Tree value) {
        return switch (type) {
            case "object" -> value instanceof Tree.Fields;
            case "array" -> value instanceof Tree.Items;
            default ->
                value instanceof Tree.Scalar scalar
                        && switch (scalar.kind()) {
                            case TEXT -> type.equals("string");
                            case BOOLEAN -> type.equals("boolean");
                            case INTEGER -> type.equals("integer") || type.equals("number");
                            case NUMBER -> type.equals("number");
                            case NOTHING -> false;
                        };
        };
    }

    private static void wrongType(JsonNode schema, Tree value, String path, Problems problems) {
        if (value instanceof Tree.Scalar scalar
                && scalar.kind() == Kind.NOTHING
                && scalar.text().isEmpty()) {
            problems.add(value.place(), path, "has no value", "Write one, or take the key out.");
            return;
        }
        JsonNode type = schema.path("type");
        String wanted = type.isTextual() ? type.textValue() : type.path(0).asText("string");
        String hint = wanted.equals("string") && value instanceof Tree.Scalar ? "Put it in quotes." : "";
        problems.add(value.place(), path, "must be " + article(wanted) + ", not " + name(value), hint);
    }

    private static String article(String type) {
        return switch (type) {
            case "object" -> "keys with values";
            case "array" -> "a list";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> "a text";
        };
    }

    private static String name(Tree value) {
        if (value instanceof Tree.Scalar scalar) {
            return switch (scalar.kind()) {
                case TEXT -> "a text";
                case INTEGER, NUMBER -> "a number";
                case BOOLEAN -> "true or false";
                case NOTHING -> "null";
            };
        }
        return value instanceof Tree.Items ? "a list" : "keys with values";
    }

    // Anchored patterns only. matches() rather than find(): a "$" would let a line's end pass.
    private static boolean matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches();
    }

    private static String description(JsonNode schema) {
        return schema.path("description").asText("of another form");
    }

    private JsonNode resolve(String reference) {
        return root.path("$defs").path(reference.substring("#/$defs/".length()));
    }

    private void refuseUnknownKeywords(JsonNode schema) {
        for (var property : schema.properties()) {
            String keyword = property.getKey();
            if (!NOTES.contains(keyword) && !CHECKS.contains(keyword)) {
                throw new IllegalStateException("the schema's keyword " + keyword + " is not one that is checked");
            }
            if (keyword.equals("$ref") && resolve(property.getValue().textValue()) instanceof MissingNode) {
                throw new IllegalStateException("the schema refers to " + property.getValue() + ", which is not there");
            }
            if (NESTED.contains(keyword) && property.getValue().isObject()) {
                refuseUnknownKeywords(property.getValue());
            }
        }
        schema.path("properties").forEach(this::refuseUnknownKeywords);
        schema.path("patternProperties").forEach(this::refuseUnknownKeywords);
    }
}
