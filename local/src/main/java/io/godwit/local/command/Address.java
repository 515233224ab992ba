package io.godwit.local.command;

import io.godwit.local.home.Home;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where a server is.
 *
 * @param url without a slash at its end; the API is at {@code /api} of it
 * @param token asked for with every request: one that ends soon may be replaced while a run is watched
 * @param remote whether it is reached through a network, by what may be in between
 */
public record Address(URI url, Supplier<String> token, boolean remote) {
    /** Validating and planning a large database takes its time. */
    private static final Duration HERE = Duration.ofHours(6);

    /** As long as Knative lets a request take, and what it takes to start an instance from nothing. */
    private static final Duration ELSEWHERE = Duration.ofMinutes(11);

    static Address here(Home.Server server) {
        return new Address(server.url(), server::token, false);
    }

    URI of(String path) {
        return URI.create(url + "/api" + path);
    }

    Duration deadline() {
        return remote ? ELSEWHERE : HERE;
    }
}
