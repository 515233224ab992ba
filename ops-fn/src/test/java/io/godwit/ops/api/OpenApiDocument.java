package io.godwit.ops.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.godwit.core.error.ErrorInfo;
import io.godwit.ops.api.access.ApiVersion;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The OpenAPI document of this module's endpoints, made from their annotations and the records that they take and give.
 */
final class OpenApiDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern RESTRICTED = Pattern.compile("\\{(\\w+): *([^}]*)}");

    private final JsonForm forms = new JsonForm();
    private final Map<String, ObjectNode> paths = new TreeMap<>();

    private OpenApiDocument() {}

    static ObjectNode make() {
        return new OpenApiDocument().document();
    }

    static String text() {
        YAMLMapper yaml = YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build();
        try {
            return "# Made from the code by OpenApiTest, which says how to make it anew.\n"
                    + yaml.writeValueAsString(make());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode document() {
        for (Method method : Endpoints.methods()) {
            add(method);
        }
        forms.of(ErrorInfo.class);
        ObjectNode document = JSON.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Godwit")
                .put("version", ApiVersion.NUMBER)
                .put(
                        "description",
                        "Jobs and runs, as ops serves them. Every answer has the header " + ApiVersion.HEADER
                                + " with the version of this API. Every error's body is an ErrorInfo: what happened, and what to"
                                + " do about it. A viewer looks; an operator does all that a viewer does, plans, runs, controls"
                                + " and validates, and looks at rows; an admin does all of that, and applies jobs and"
                                + " connections.");
        document.set("paths", JSON.objectNode().setAll(paths));
        ObjectNode components = document.putObject("components");
        components.set("schemas", JSON.objectNode().setAll(forms.components()));
        errors(components.putObject("responses"));
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT")
                .put(
                        "description",
                        "Signed (RS256) by a key of the issuer that ops was told of, with its iss, aud and exp; roles are at the"
                                + " claim that ops was told of (groups). On one machine: the token in Godwit's folder.");
        return document;
    }

    private void add(Method method) {
        String path = Endpoints.path(method);
        ObjectNode operation = paths.computeIfAbsent(
                        RESTRICTED.matcher(path).replaceAll("{$1}"), key -> JSON.objectNode())
                .putObject(Endpoints.verb(method).toLowerCase(Locale.ROOT));
        Operation words = method.getAnnotation(Operation.class);
        RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
        if (words == null || roles == null) {
            throw new AssertionError(method + ": say what it does with @Operation, and for whom with @RolesAllowed");
        }
        operation.put("operationId", method.getName());
        operation.put("summary", words.summary());
        operation.put(
                "description", "Role: " + String.join(" or ", roles.value()).toLowerCase(Locale.ROOT) + ".");
        operation.withArray("security").addObject().set("bearer", strings(roles.value()));
        for (Parameter parameter : method.getParameters()) {
            parameter(operation, path, parameter);
        }
        ObjectNode responses = operation.putObject("responses");
        content(
                responses.putObject("200").put("description", "what was asked for"),
                forms.of(method.getGenericReturnType()));
        for (String error : List.of("401", "403", "default")) {
            responses.putObject(error).put("$ref", "#/components/responses/" + name(error));
        }
    }

    private void parameter(ObjectNode operation, String path, Parameter parameter) {
        PathParam inPath = parameter.getAnnotation(PathParam.class);
        QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
        if (inPath == null && inQuery == null) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            content(body, forms.of(parameter.getParameterizedType()));
            return;
        }
        String name = inPath == null ? inQuery.value() : inPath.value();
        ObjectNode schema = forms.of(parameter.getParameterizedType());
        Matcher words = RESTRICTED.matcher(path);
        while (words.find()) {
            if (words.group(1).equals(name)) {
                schema.set("enum", strings(words.group(2).split("\\|", -1)));
            }
        }
        DefaultValue otherwise = parameter.getAnnotation(DefaultValue.class);
        if (otherwise != null) {
            schema.put("default", Long.parseLong(otherwise.value()));
        }
        operation
                .withArray("parameters")
                .addObject()
                .put("name", name)
                .put("in", inPath == null ? "query" : "path")
                .put("required", inPath != null)
                .set("schema", schema);
    }

    private static void errors(ObjectNode responses) {
        Map<String, String> said = new TreeMap<>(Map.of(
                "401", "No token, or one that does not count here.",
                "403", "The caller's roles do not allow it.",
                "default",
                        "404 no such thing; 409 the run's state refuses it; 422 the request or the job file is wrong; 503 try"
                                + " again later; 500 it failed."));
        said.forEach((status, words) ->
                content(responses.putObject(name(status)).put("description", words), JsonForm.reference("ErrorInfo")));
        ((ObjectNode) responses.get(name("401")))
                .putObject("headers")
                .putObject("WWW-Authenticate")
                .putObject("schema")
                .put("type", "string");
    }

    private static String name(String status) {
        return switch (status) {
            case "401" -> "Unauthenticated";
            case "403" -> "Forbidden";
            default -> "Error";
        };
    }

    private static void content(ObjectNode of, ObjectNode schema) {
        of.putObject("content").putObject("application/json").set("schema", schema);
    }

    private static ArrayNode strings(String... words) {
        ArrayNode array = JSON.arrayNode();
        List.of(words).forEach(array::add);
        return array;
    }
}
