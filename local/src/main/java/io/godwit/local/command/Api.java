package io.godwit.local.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.local.home.Home;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a server's API. Errors it answers with are thrown as they are. */
public final class Api {
    /** For commands that ask nothing. */
    public static final Api NONE = new Api(new Home.Server(java.net.URI.create("http://127.0.0.1:9"), "", 0));

    /** Validating and planning a large database takes its time. */
    private static final Duration DEADLINE = Duration.ofHours(6);

    private final Home.Server server;
    private final ObjectMapper json = Json.mapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    public Api(Home.Server server) {
        this.server = server;
    }

    public <T> T get(String path, Class<T> form) {
        return ask("GET", path, null, json.constructType(form));
    }

    public <T> T get(String path, TypeReference<T> form) {
        return ask("GET", path, null, json.getTypeFactory().constructType(form));
    }

    /**
     * @param body null for none
     */
    public <T> T post(String path, @Nullable Object body, Class<T> form) {
        return ask("POST", path, body, json.constructType(form));
    }

    /** A word as it may stand in a path or a query. */
    public static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T ask(String method, String path, @Nullable Object body, JavaType form) {
        try {
            HttpRequest.BodyPublisher sent = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
            HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/api" + path))
                    .timeout(DEADLINE)
                    .header("Authorization", "Bearer " + server.token())
                    .header("Content-Type", "application/json")
                    .method(method, sent)
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 != 2) {
                throw refused(response);
            }
            return json.readValue(response.body(), form);
        } catch (IOException e) {
            throw new GodwitException(
                    ErrorCode.FUNCTION_UNREACHABLE,
                    "Godwit at " + server.url() + " does not answer: " + e,
                    "godwit doctor looks at what runs here.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GodwitException(ErrorCode.FUNCTION_UNREACHABLE, "interrupted", "", e);
        }
    }

    private GodwitException refused(HttpResponse<byte[]> response) throws IOException {
        try {
            return json.readValue(response.body(), ErrorInfo.class).toException();
        } catch (IOException notCoded) {
            return new GodwitException(
                    ErrorCode.DEFECT,
                    "the API answered HTTP " + response.statusCode() + " without a coded error",
                    "The log in Godwit's folder says more.");
        }
    }
}
