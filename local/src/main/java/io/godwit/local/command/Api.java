package io.godwit.local.command;

import com.fasterxml.jackson.core.type.TypeReference;
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
        return read(ask("GET", path, null), form);
    }

    public <T> T get(String path, TypeReference<T> form) {
        try {
            return json.readValue(ask("GET", path, null), form);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** @param body null for none */
    public <T> T post(String path, @Nullable Object body, Class<T> form) {
        return read(ask("POST", path, body), form);
    }

    /** A word as it may stand in a path or a query. */
    public static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T read(byte[] answer, Class<T> form) {
        try {
            return json.readValue(answer, form);
        } catch (IOException e) {
            throw unreadable(form.getSimpleName(), e);
        }
    }

    private static GodwitException unreadable(String what, IOException e) {
        return new GodwitException(
                ErrorCode.DEFECT,
                "the API's answer cannot be read as " + what,
                "The command and the server may be of different versions.",
                e);
    }

    private byte[] ask(String method, String path, @Nullable Object body) {
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
            return response.body();
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
