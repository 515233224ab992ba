package io.godwit.connector.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the server of one connection, and no other: a redirect that leads away is refused. */
final class Requests {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    /** A longer pause is the planner's, who has other work meanwhile. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int MOST_TRIES = 5;
    private static final int MOST_REDIRECTS = 5;

    private static final int OK = 200;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Too many requests; not at the moment. */
    private static final Set<Integer> LATER = Set.of(429, 503);

    /** It keeps connections and threads, nothing of those who ask. Made when it is needed: no image holds a thread. */
    private static @Nullable HttpClient shared;

    private final Endpoint endpoint;
    private final Clock clock;

    Requests(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.clock = Clock.systemUTC();
    }

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
     * What the server has there. Where it asks to come again later, that is done as long as there is time.
     *
     * @throws StatusException where the answer has no content
     */
    Response get(URI uri, Deadline deadline) throws IOException {
        URI at = uri;
        int redirects = 0;
        for (int tries = 1; ; ) {
            HttpResponse<Body> response = send(at, deadline);
            int status = response.statusCode();
            if (status == OK) {
                return content(at, response);
            }
            response.body().close();
            if (REDIRECTS.contains(status) && ++redirects <= MOST_REDIRECTS) {
                at = redirected(at, response);
            } else if (!LATER.contains(status) || tries == MOST_TRIES || !paused(response, tries++, deadline)) {
                throw new StatusException(status);
            }
        }
    }

    private static Response content(URI at, HttpResponse<Body> response) throws IOException {
        try {
            return Response.of(at, response.headers(), response.body());
        } catch (IOException e) {
            response.body().close();
            throw e;
        }
    }

    private HttpResponse<Body> send(URI uri, Deadline deadline) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(deadline.atMost(ANSWER))
                .header("Accept", "application/json, */*;q=0.1")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "godwit");
        Endpoint.Header header = endpoint.header();
        if (header != null) {
            request.header(header.name(), header.value());
        }
        try {
            return client().send(request.build(), any -> new Body(deadline));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("asking was interrupted");
        }
    }

    private URI redirected(URI from, HttpResponse<Body> response) throws IOException {
        String location = response.headers().firstValue("Location").orElse("");
        return own(from, location, "it is redirected");
    }

    /**
     * An address that the server named, which must be one of its own: others would get the secret, or lead to what only
     * this machine may reach.
     */
    URI own(URI from, String address, String what) throws IOException {
        URI to;
        try {
            // A query alone belongs to the same path (RFC 3986, 5.2.2), which java.net.URI does not know.
            to = address.startsWith("?")
                    ? URI.create(from.toString().split("[?#]", 2)[0] + address)
                    : from.resolve(address);
        } catch (IllegalArgumentException e) {
            throw new UnfitAnswerException(what + " to what is no address");
        }
        if (address.isEmpty() || !endpoint.isOwn(to)) {
            throw new UnfitAnswerException(
                    what + " to another place, " + to.getScheme() + "://" + to.getHost() + ", which is not followed");
        }
        return to;
    }

    /** Waits as the answer says; false where there is no time for that. */
    private boolean paused(HttpResponse<Body> response, int tries, Deadline deadline) throws IOException {
        Duration pause = response.headers()
                .firstValue("Retry-After")
                .map(this::pause)
                .orElse(FIRST_PAUSE.multipliedBy(1L << (tries - 1)));
        if (pause.compareTo(LONGEST_PAUSE) > 0 || deadline.atMost(pause).compareTo(pause) < 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, pause.toNanos()));
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("waiting was interrupted");
        }
    }

    /** Seconds, or a date. */
    private Duration pause(String after) {
        if (after.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(after));
        }
        try {
            return Duration.between(clock.instant(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(after, Instant::from));
        } catch (DateTimeException e) {
            return FIRST_PAUSE;
        }
    }
}
