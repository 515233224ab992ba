package io.godwit.connector.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.connector.Hosts;
import io.godwit.connector.web.WebClient;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.port.SecretResolver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A registry of schemas, by the interface of Confluent's, which others have too. Not safe for threads. */
final class Registry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 4 << 20;

    /** Ids that are remembered, also those that it has not: messages may have any. */
    private static final int MOST_REMEMBERED = 1000;

    private static final int NOT_FOUND = 404;

    /** What Confluent's interface calls a subject, a version, and a schema that are not there. */
    private static final Set<Integer> MISSING = Set.of(40401, 40402, 40403);

    /** Characters of the registry's own words that an error has. */
    private static final int MOST_SHOWN = 500;

    private static final int CONFLICT = 409;

    private final KafkaOptions options;
    private final SecretResolver secrets;
    private final KafkaErrors errors;
    private final Map<Integer, Optional<String>> schemas = new HashMap<>();

    Registry(KafkaOptions options, SecretResolver secrets, KafkaErrors errors) {
        this.options = options;
        this.secrets = secrets;
        this.errors = errors;
    }

    /** The name under which a registry has the schemas of a topic's values. */
    static String subject(String topic) {
        return topic + "-value";
    }

    /** The text of a schema by its id; empty where there is none. */
    Optional<String> schema(int id) {
        Optional<String> known = schemas.get(id);
        if (known == null) {
            known = get("asking for schema " + id, "/schemas/ids/" + id).map(this::text);
            if (schemas.size() >= MOST_REMEMBERED) {
                schemas.clear();
            }
            schemas.put(id, known);
        }
        return known;
    }

    /** The text of the latest schema of a topic's values; empty where there is none. */
    Optional<String> latest(String topic) {
        return latestOf(topic).map(this::text);
    }

    /** The id of that schema. */
    Optional<Integer> latestId(String topic) {
        return latestOf(topic).map(this::id);
    }

    /** Its text; empty also where it is not Avro, or refers to others. */
    Optional<String> latestPlain(String topic) {
        return latestOf(topic).filter(Registry::isPlain).map(this::text);
    }

    private Optional<JsonNode> latestOf(String topic) {
        return get("asking for the schema of " + topic, "/subjects/" + encoded(subject(topic)) + "/versions/latest");
    }

    private static boolean isPlain(JsonNode answer) {
        return answer.path("schemaType").asText("AVRO").equals("AVRO")
                && answer.path("references").isEmpty();
    }

    private String text(JsonNode answer) {
        if (!isPlain(answer)) {
            throw errors.error(
                    ErrorCode.NOT_SUPPORTED,
                    "the registry has a schema that is not Avro, or that refers to others",
                    "Write format: raw to take messages as bytes.");
        }
        return answer.path("schema").asText();
    }

    /**
     * Why a schema may not come after those that a topic's values have, in the registry's words, which may be none;
     * empty where it may, as where there are none.
     */
    Optional<String> refusal(String topic, String schema) {
        return post(
                        "comparing schemas of " + topic,
                        "/compatibility/subjects/" + encoded(subject(topic)) + "/versions/latest?verbose=true",
                        schema)
                .filter(answer -> !answer.path("is_compatible").asBoolean(false))
                .map(answer -> {
                    List<String> reasons = new ArrayList<>();
                    answer.path("messages").forEach(message -> reasons.add(message.asText()));
                    reasons.add(answer.path("reason").asText("")); // Apicurio's word for it
                    return shown(String.join(" ", reasons));
                });
    }

    /**
     * Makes a schema one of a topic's values. Done again, it does nothing.
     *
     * @return its id
     */
    int register(String topic, String schema) {
        return registered(topic, schema).orElseGet(() -> {
            String path = "/subjects/" + encoded(subject(topic)) + "/versions";
            try {
                return post("registering the schema of " + topic, path, schema)
                        .map(this::id)
                        .orElseThrow(this::unfit);
            } catch (GodwitException e) {
                if (e.code() != ErrorCode.TYPE_INCOMPATIBLE) {
                    throw e;
                }
                // Whoever did so at the same moment may have come first.
                return registered(topic, schema).orElseThrow(() -> e);
            }
        });
    }

    private Optional<Integer> registered(String topic, String schema) {
        return post("looking for the schema of " + topic, "/subjects/" + encoded(subject(topic)), schema)
                .map(this::id);
    }

    private int id(JsonNode answer) {
        if (!answer.path("id").isInt()) {
            throw unfit();
        }
        return answer.path("id").asInt();
    }

    private GodwitException unfit() {
        return errors.error(
                errors.refused(), "the registry gives schemas no ids", "Check registryPath in the connection.");
    }

    /**
     * What to say where the schemas of others forbid ours.
     *
     * @param differences from the latest, for people
     * @param reason that the registry gives
     */
    GodwitException incompatible(String topic, List<String> differences, String reason) {
        return errors.error(
                ErrorCode.TYPE_INCOMPATIBLE,
                "topic " + topic + ": the registry does not take the schema of its rows after those that it has under "
                        + subject(topic)
                        + (differences.isEmpty() ? "" : " (" + shown(String.join(", ", differences)) + ")")
                        + (reason.isEmpty() ? "" : ": " + reason),
                "Write into another topic, map the columns to what the schema has, or change the subject's compatibility.");
    }

    private Optional<JsonNode> get(String doing, String path) {
        return ask(doing, path, null);
    }

    private Optional<JsonNode> post(String doing, String path, String schema) {
        return ask(doing, path, JSON.createObjectNode().put("schema", schema).toString());
    }

    /** The answer; empty where there is nothing of that name. */
    private Optional<JsonNode> ask(String doing, String path, @Nullable String body) {
        KafkaOptions.RegistryPlace place = options.registry();
        String origin = (place.encrypted() ? "https://" : "http://") + Hosts.inUrl(place.host()) + ":" + place.port();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + place.path() + path))
                .header("Accept", TYPE)
                .method(
                        body == null ? "GET" : "POST",
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", TYPE);
        }
        if (place.user() != null && place.secret() != null) {
            String login = place.user() + ":" + secrets.resolve(place.secret());
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<byte[]> answer = send(doing, request.build());
        if (answer.statusCode() == NOT_FOUND && isMissing(answer.body())) {
            return Optional.empty();
        }
        requireGood(doing, answer.statusCode(), reason(answer.body()));
        try {
            return Optional.of(JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw errors.error(errors.refused(), doing + ": the registry's answer is no JSON", "Check registryPath.");
        }
    }

    private HttpResponse<byte[]> send(String doing, HttpRequest request) {
        try {
            return WebClient.send(request, ANSWER, MOST_BYTES);
        } catch (TimeoutException e) {
            throw errors.error(
                    errors.interrupted(), doing + ": no answer in " + ANSWER, "It is tried again by itself.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.error(errors.interrupted(), doing + " was interrupted", "It is tried again by itself.");
        } catch (SSLException e) {
            throw errors.error(
                    errors.loginRefused(),
                    doing + ": no encrypted connection to the registry: " + e.getMessage(),
                    "Check the registry's certificate, registryPort and registrySslMode.");
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw errors.error(
                    errors.unreachable(),
                    doing + ": no connection to the registry at "
                            + options.registry().host(),
                    "Check registryHost and registryPort, that it runs, and that the network lets it through.");
        } catch (IOException e) {
            throw errors.error(
                    errors.interrupted(),
                    doing + ": " + e.getMessage(),
                    "It is tried again by itself; look at the registry.");
        }
    }

    /** Whether it is the registry that has no such thing; else there is no registry at that path. */
    private static boolean isMissing(byte[] body) {
        return MISSING.contains(parsed(body).path("error_code").asInt());
    }

    /** What the registry itself says, as far as it is fit for a line; empty where it says nothing. */
    private static String reason(byte[] body) {
        return shown(parsed(body).path("message").asText());
    }

    private static String shown(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "..." : line;
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode(); // of a proxy, or of whatever else is there
        }
    }

    private void requireGood(String doing, int status, String reason) {
        if (status / 100 == 2) {
            return;
        }
        String what = doing + ": the registry answered with " + status + (reason.isEmpty() ? "" : ": " + reason);
        if (status == NOT_FOUND) {
            throw errors.error(
                    errors.refused(),
                    what,
                    "No registry of schemas is there: check registryHost, registryPort and registryPath.");
        }
        if (status == 401 || status == 403) {
            throw errors.error(
                    errors.loginRefused(), what, "Check registryUser and registrySecret, and what the user may do.");
        }
        if (status == CONFLICT) {
            throw errors.error(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    what + ": the schema does not come after those that it has",
                    "Write into another topic, map the columns to what the schema has, or change the subject's compatibility.");
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw errors.error(errors.interrupted(), what, "It is tried again by itself; look at the registry.");
        }
        throw errors.error(errors.refused(), what, "Look into the registry's log.");
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }
}
