package io.godwit.connector.web;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The client of the process: it follows no redirect, and keeps nothing of those who ask but connections. */
public final class WebClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Made when it is needed: no image holds a thread. */
    private static @Nullable HttpClient shared;

    private WebClient() {}

    private static synchronized HttpClient client() {
        if (shared == null) {
            shared = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        }
        return shared;
    }

    /**
     * Sends a request, and reads all of its answer, whatever its status.
     *
     * @param most how long that may take, the body included, unlike a request's own timeout
     * @param bytes of the body, at most
     * @throws TooLargeException where it has more
     * @throws TimeoutException where it took longer
     * @throws IOException of the client's own kinds, for want of a connection, of trust, or of an end
     */
    public static HttpResponse<byte[]> send(HttpRequest request, Duration most, int bytes)
            throws IOException, TimeoutException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(request, head -> new LimitedBody(bytes));
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            answer.cancel(true);
        }
    }

    private static IOException failure(ExecutionException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooLargeException tooLarge) {
                return tooLarge;
            }
        }
        return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
}
