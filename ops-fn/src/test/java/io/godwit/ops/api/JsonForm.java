package io.godwit.ops.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema of what Godwit's mapper makes of a record: every component is there unless it may be null, and
 * nothing else is. Named forms are kept as components, and referred to.
 */
final class JsonForm {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, ObjectNode> components = new TreeMap<>();

    private final Map<String, Class<?>> named = new TreeMap<>();

    /** All forms that were asked for, and those that they are made of. */
    Map<String, ObjectNode> components() {
        return components;
    }

    ObjectNode of(Type type) {
        if (type instanceof ParameterizedType of) {
            Class<?> raw = (Class<?>) of.getRawType();
            if (List.class.isAssignableFrom(raw)) {
                return array(of(of.getActualTypeArguments()[0]));
            }
            if (Map.class.isAssignableFrom(raw)) {
                return map(of(of.getActualTypeArguments()[1]));
            }
        }
        if (type instanceof Class<?> named) {
            return ofClass(named);
        }
        throw new IllegalArgumentException("no form of " + type);
    }

    private ObjectNode ofClass(Class<?> type) {
        if (type == String.class) {
            return simple("string");
        }
        if (type == int.class || type == Integer.class) {
            return simple("integer").put("format", "int32");
        }
        if (type == long.class || type == Long.class) {
            return simple("integer").put("format", "int64");
        }
        if (type == double.class || type == Double.class) {
            return simple("number");
        }
        if (type == boolean.class || type == Boolean.class) {
            return simple("boolean");
        }
        if (type == Instant.class) {
            return simple("string").put("format", "date-time");
        }
        if (type == Duration.class) {
            return simple("string").put("format", "duration");
        }
        if (isText(type)) {
            return simple("string");
        }
        String name = name(type);
        Class<?> other = named.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new AssertionError(type + " and " + other + " would both be " + name);
        }
        if (other == null) {
            // Kept before it is filled: a form may hold itself.
            ObjectNode form = JSON.objectNode();
            components.put(name, form);
            form.setAll(named(type));
        }
        return reference(name);
    }

    private ObjectNode named(Class<?> type) {
        if (type.isEnum()) {
            ObjectNode form = simple("string");
            Stream.of(type.getEnumConstants())
                    .forEach(word -> form.withArray("enum").add(((Enum<?>) word).name()));
            return form;
        }
        JsonSubTypes kinds = type.getAnnotation(JsonSubTypes.class);
        if (kinds != null) {
            return oneOf(type, kinds);
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException("no form of " + type);
        }
        return record(type);
    }

    private ObjectNode oneOf(Class<?> type, JsonSubTypes kinds) {
        String property = type.getAnnotation(JsonTypeInfo.class).property();
        ObjectNode form = JSON.objectNode();
        for (JsonSubTypes.Type kind : kinds.value()) {
            String name = name(kind.value());
            ObjectNode each = record(kind.value());
            ((ObjectNode) each.get("properties")).putObject(property).put("const", kind.name());
            each.withArray("required").add(property);
            components.put(name, each);
            form.withArray("oneOf").add(reference(name));
        }
        return form;
    }

    private ObjectNode record(Class<?> type) {
        ObjectNode form = simple("object");
        ObjectNode properties = form.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode each = of(component.getGenericType());
            if (mayHoldNull(component.getAnnotatedType())) {
                each = nullableItems(each);
            }
            if (mayBeNull(component)) {
                // Left out, or null: which of the two is the record's own affair.
                each = orNull(each);
            } else {
                form.withArray("required").add(component.getName());
            }
            properties.set(component.getName(), each);
        }
        return form.put("additionalProperties", false);
    }

    private static boolean mayBeNull(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** The items of a list of lists, or of a list. */
    private static boolean mayHoldNull(AnnotatedType type) {
        return type instanceof AnnotatedParameterizedType of
                && Stream.of(of.getAnnotatedActualTypeArguments())
                        .anyMatch(each -> each.isAnnotationPresent(Nullable.class) || mayHoldNull(each));
    }

    private static ObjectNode nullableItems(ObjectNode form) {
        JsonNode items = form.path("items");
        if (items.has("items")) {
            return form.set("items", nullableItems((ObjectNode) items));
        }
        return form.set("items", orNull((ObjectNode) items));
    }

    private static ObjectNode orNull(ObjectNode form) {
        ObjectNode either = JSON.objectNode();
        either.withArray("anyOf").add(form).add(simple("null"));
        return either;
    }

    private static boolean isText(Class<?> type) {
        return Stream.of(type.getMethods()).anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    /** Of a nested record, its owner's too: Split.Whole is SplitWhole. Of one among questions, its own alone. */
    private static String name(Class<?> type) {
        Class<?> owner = type.getEnclosingClass();
        boolean kind = owner != null && owner.isSealed();
        return (kind ? owner.getSimpleName() : "") + type.getSimpleName();
    }

    static ObjectNode reference(String name) {
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    private static ObjectNode simple(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode array(ObjectNode items) {
        return simple("array").set("items", items);
    }

    private static ObjectNode map(ObjectNode values) {
        return simple("object").set("additionalProperties", values);
    }
}
