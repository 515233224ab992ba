package io.godwit.local.broker;

import java.net.URI;
import java.time.Duration;

/**
 * A function that takes events.
 *
 * @param concurrency events handed to it at once
 * @param deadline for one event; then it is handed over again
 */
public record Subscriber(String function, URI url, int concurrency, Duration deadline) {}
