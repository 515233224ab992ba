package io.godwit.connector.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.connector.Hosts;
import io.godwit.connector.web.TooLargeException;
import io.godwit.connector.web.WebClient;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks a cluster, and says what its failures mean. No message has a document or a secret. */
final class Cluster {
    static final int PORT = 9200;
    static final Set<String> OPTIONS = Set.of("sslMode");
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,99}");
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int MOST_TRIES = 6;
    private static final int MOST_ANSWER = 64 << 20;

    private final Connection connection;
    private final String origin;
    private final @Nullable String authorization;
    private final int mostAnswer;

    private Cluster(Connection connection, String origin, @Nullable String authorization, int mostAnswer) {
        this.connection = connection;
        this.origin = origin;
        this.authorization = authorization;
        this.mostAnswer = mostAnswer;
    }

    /** @param bytes of an answer, at most */
    Cluster within(int bytes) {
        return new Cluster(connection, origin, authorization, bytes);
    }

    /** @throws GodwitException CONNECTION_OPTION_REFUSED, SECRET_NOT_FOUND */
    static Cluster of(Connection connection, SecretResolver secrets) {
        String mode = connection.options().getOrDefault("sslMode", "verify-full");
        if (!mode.equals("verify-full") && !mode.equals("disable")) {
            throw refused(connection, "option sslMode is neither verify-full nor disable", "Write one of the two.");
        }
        if (!PREFIX.matcher(connection.database()).matches()) {
            throw refused(
                    connection,
                    "database is not what a name of an index may begin with",
                    "Write small letters, digits, and _ . - after the first: shop-");
        }
        if ((connection.user() == null) != (connection.secret() == null)) {
            throw refused(connection, "one of user and secret is missing", "Give both, or neither.");
        }
        Integer port = connection.port();
        String origin = (mode.equals("disable") ? "http://" : "https://") + Hosts.inUrl(Hosts.of(connection)) + ":"
                + (port == null ? PORT : port);
        String secret = connection.secret();
        return new Cluster(
                connection,
                origin,
                secret == null
                        ? null
                        : "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((connection.user() + ":" + secrets.resolve(secret))
                                                .getBytes(StandardCharsets.UTF_8)),
                MOST_ANSWER);
    }

    /** An answer, whatever its status. */
    @SuppressWarnings("ArrayRecordComponent") // crosses one stack
    record Answer(int status, byte[] body) {
        boolean isThere() {
            return status != 404;
        }

        boolean isRequestTooLarge() {
            return status == 413;
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new GodwitException(
                        ErrorCode.SINK_INTERRUPTED, "an answer is no JSON", "It is tried again by itself.", e);
            }
        }
    }

    /**
     * Asks; 404 is an answer too. A cluster that is busy is asked again, which every request here bears.
     *
     * @param path encoded
     * @throws GodwitException for every other status than 2xx and 404
     */
    Answer ask(String doing, String method, String path, @Nullable String body) {
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        return ask(doing, method, path, "application/json", bytes, Set.of(404));
    }

    /** Sends documents; that the request is too large is an answer too. */
    Answer bulk(String doing, String path, byte[] documents) {
        return ask(doing, "POST", path, "application/x-ndjson", documents, Set.of(404, 413));
    }

    private Answer ask(
            String doing, String method, String path, String type, byte @Nullable [] body, Set<Integer> answers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("Content-Type", type);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        for (int tries = 1; ; tries++) {
            HttpResponse<byte[]> response = send(doing, request.build());
            int status = response.statusCode();
            if (status / 100 == 2 || answers.contains(status)) {
                return new Answer(status, response.body());
            }
            boolean busy = status == 429 || status == 503;
            if (!busy || tries == MOST_TRIES) {
                throw ofStatus(doing, status, response.body());
            }
            pause(tries);
        }
    }

    /** What it is called by itself, whichever of its nodes is asked. */
    String uuid() {
        String uuid = ask("asking who it is", "GET", "/", null)
                .json()
                .path("cluster_uuid")
                .asText();
        if (uuid.isEmpty() || uuid.equals("_na_")) {
            throw error(ErrorCode.SINK_INTERRUPTED, "the cluster has no cluster_uuid yet", "It is tried again.", null);
        }
        return uuid;
    }

    void pause(int tries) {
        try {
            TimeUnit.NANOSECONDS.sleep(
                    FIRST_PAUSE.multipliedBy(1L << (tries - 1)).toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw error(ErrorCode.SINK_INTERRUPTED, "waiting was interrupted", "It is tried again.", interrupted);
        }
    }

    private HttpResponse<byte[]> send(String doing, HttpRequest request) {
        try {
            return WebClient.send(request, ANSWER, mostAnswer);
        } catch (TimeoutException e) {
            throw error(ErrorCode.SINK_INTERRUPTED, doing + ": no answer in " + ANSWER, "It is tried again.", e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw error(ErrorCode.SINK_INTERRUPTED, doing + " was interrupted", "It is tried again.", interrupted);
        } catch (IOException e) {
            throw ofFailure(doing, e);
        }
    }

    /** Whether it is an answer that was too large. */
    static boolean isTooLarge(GodwitException error) {
        return error.getCause() instanceof TooLargeException;
    }

    private GodwitException ofFailure(String doing, IOException cause) {
        if (cause instanceof TooLargeException) {
            return error(
                    ErrorCode.SINK_REFUSED,
                    doing + ": " + cause.getMessage(),
                    "Its documents are too large, or too unlike in size, to be read back.",
                    cause);
        }
        if (cause instanceof SSLException) {
            return error(
                    ErrorCode.SINK_LOGIN_REFUSED,
                    doing + ": no encrypted connection: " + cause.getMessage(),
                    "Check the server's certificate, the port, and the connection's sslMode.",
                    cause);
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return error(
                    ErrorCode.SINK_UNREACHABLE,
                    doing + ": no connection to " + connection.host(),
                    "Check host and port in the connection, that the server runs, and that the network lets it through.",
                    cause);
        }
        return error(
                ErrorCode.SINK_INTERRUPTED,
                doing + ": " + cause.getMessage(),
                "It is tried again by itself; look at the cluster if it goes on.",
                cause);
    }

    private GodwitException ofStatus(String doing, int status, byte[] body) {
        if (status == 401 || (status == 403 && !type(body).equals("cluster_block_exception"))) {
            return error(
                    ErrorCode.SINK_LOGIN_REFUSED,
                    doing + " was answered with " + status,
                    "Check user and secret in the connection, and what the user may do.",
                    null);
        }
        if (status >= 500 || status == 429 || status == 408) {
            return error(
                    ErrorCode.SINK_INTERRUPTED,
                    doing + " was answered with " + status + " " + type(body),
                    "It is tried again by itself; look at the cluster if it goes on.",
                    null);
        }
        return error(
                ErrorCode.SINK_REFUSED,
                doing + " was answered with " + status + " " + type(body),
                "Look into the cluster's log.",
                null);
    }

    /** The cluster's word for what is wrong: its reasons may quote documents. */
    static String type(byte[] body) {
        try {
            return JSON.readTree(body).at("/error/type").asText();
        } catch (IOException e) {
            return "";
        }
    }

    GodwitException error(ErrorCode code, String what, String remedy, @Nullable Throwable cause) {
        return new GodwitException(code, "connection " + connection.name() + ": " + what, remedy, cause);
    }

    private static GodwitException refused(Connection connection, String why, String remedy) {
        return new GodwitException(
                ErrorCode.CONNECTION_OPTION_REFUSED, "connection " + connection.name() + ": " + why, remedy);
    }
}
