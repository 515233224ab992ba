package io.godwit.platform.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where events are posted to.
 *
 * @param deadline from the first post to the one that is taken
 * @param extensions CloudEvents attributes that every event gets, over its own
 * @param bearer the token of each post, null for none
 */
public record Broker(
        URI address,
        Duration deadline,
        Map<String, String> extensions,
        @Nullable Supplier<String> bearer) {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Where a SinkBinding mounts it. */
    private static final Path TOKEN = Path.of("/oidc", "token");

    public Broker {
        extensions = Map.copyOf(extensions);
        for (String name : extensions.keySet()) {
            if (!name.matches("[a-z0-9]{1,20}")) {
                throw new IllegalArgumentException("not the name of a CloudEvents attribute: " + name);
            }
        }
    }

    /** A broker that takes events within a minute, or is away. */
    public static Broker at(URI address) {
        return new Broker(address, DEADLINE, Map.of(), null);
    }

    /**
     * What Knative binds to a function: {@code K_SINK}, the extensions of {@code K_CE_OVERRIDES}, and, where senders
     * show who they are (its feature {@code authentication-oidc}), a token in a file.
     *
     * @param environment of the process
     * @throws GodwitException DEFECT where K_SINK is missing, or one of them is malformed
     */
    public static Broker bound(Map<String, String> environment) {
        return bound(environment, TOKEN);
    }

    /** The same, with the token in another place. */
    static Broker bound(Map<String, String> environment, Path token) {
        Broker broker = at(environment);
        // Read at every post: it is replaced before it lapses.
        return Files.exists(token) ? broker.withBearer(() -> read(token)) : broker;
    }

    private static String read(Path token) {
        try {
            return Files.readString(token).strip();
        } catch (IOException gone) {
            throw new GodwitException(
                    ErrorCode.FUNCTION_UNREACHABLE,
                    "the token for the broker cannot be read from " + token,
                    "Check that the function is bound to the broker (SinkBinding).",
                    gone);
        }
    }

    private static Broker at(Map<String, String> environment) {
        String sink = environment.get("K_SINK");
        if (sink == null || sink.isBlank()) {
            throw misbound("K_SINK is not set");
        }
        Broker broker = at(URI.create(sink));
        String overrides = environment.get("K_CE_OVERRIDES");
        if (overrides == null || overrides.isBlank()) {
            return broker;
        }
        try {
            Map<String, String> extensions = new TreeMap<>();
            JsonNode named = Json.mapper().readTree(overrides).path("extensions");
            named.properties()
                    .forEach(field ->
                            extensions.put(field.getKey(), field.getValue().asText()));
            return new Broker(broker.address(), broker.deadline(), extensions, null);
        } catch (IOException | IllegalArgumentException malformed) {
            throw misbound("K_CE_OVERRIDES is not of the form {\"extensions\": {...}}");
        }
    }

    /** The same, with another deadline. */
    public Broker withDeadline(Duration other) {
        return new Broker(address, other, extensions, bearer);
    }

    /** The same, with a token to show, asked for at every post. */
    public Broker withBearer(Supplier<String> token) {
        return new Broker(address, deadline, extensions, token);
    }

    private static GodwitException misbound(String what) {
        return new GodwitException(
                ErrorCode.DEFECT, "no broker to publish to: " + what, "Bind the function to a broker (SinkBinding).");
    }
}
