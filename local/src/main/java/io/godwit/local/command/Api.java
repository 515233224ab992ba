package io.godwit.local.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.local.home.Home;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks a server's API. Errors it answers with are thrown as they are. */
public final class Api {
    /** For commands that ask nothing. */
    public static final Api NONE = new Api(new Home.Server(URI.create("http://127.0.0.1:9"), "", 0));

    /** A question that changes nothing is asked again while instances come and go. */
    private static final int TIMES = 6;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Address server;
    private final Refusals refusals;
    private final ObjectMapper json = Json.mapper();
    // It follows no redirect: the token is for the named server alone.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    public Api(Home.Server server) {
        this(Address.here(server));
    }

    public Api(Address server) {
        this.server = server;
        this.refusals = new Refusals(server);
    }

    /** Whether the server is reached through a network. */
    public boolean isRemote() {
        return server.remote();
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
        for (int time = 1; ; time++) {
            HttpResponse<byte[]> response = send(method, path, body);
            boolean passing = response.statusCode() >= 502 && response.statusCode() <= 504;
            if (!(passing && method.equals("GET") && time < TIMES && server.remote())) {
                refusals.throwIfRefused(response);
                return response.body();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private HttpResponse<byte[]> send(String method, String path, @Nullable Object body) {
        HttpRequest.BodyPublisher sent = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body));
        HttpRequest request = HttpRequest.newBuilder(server.of(path))
                .timeout(server.deadline())
                .header("Authorization", "Bearer " + server.token().get())
                .header("Content-Type", "application/json")
                .method(method, sent)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw refusals.unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GodwitException(ErrorCode.FUNCTION_UNREACHABLE, "interrupted", "", e);
        }
    }
}
