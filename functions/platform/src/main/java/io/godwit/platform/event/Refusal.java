package io.godwit.platform.event;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a broker has not taken an event.
 *
 * @param mayPass whether the same request may succeed a little later
 * @param ofTheEvent whether the event itself is to blame
 * @param retryAfterMillis how long the broker asks to wait, 0 where it does not
 */
record Refusal(
        String what,
        boolean mayPass,
        boolean ofTheEvent,
        long retryAfterMillis,
        @Nullable Throwable cause) {
    /** 404 among them: an ingress that does not know its broker yet. */
    private static final Set<Integer> PASSING = Set.of(404, 408, 425, 429);

    private static final Set<Integer> OF_THE_EVENT = Set.of(400, 413, 415, 422);

    /** Null where the status says that the event was taken. */
    static @Nullable Refusal of(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return null;
        }
        return new Refusal(
                "status " + status,
                PASSING.contains(status) || status >= 500,
                OF_THE_EVENT.contains(status),
                retryAfterMillis(response),
                null);
    }

    static Refusal of(IOException unreachable) {
        String what = unreachable instanceof HttpTimeoutException ? "no answer in time" : unreachable.toString();
        return new Refusal(what, true, false, 0, unreachable);
    }

    static Refusal interrupted() {
        return new Refusal("interrupted", false, false, 0, null);
    }

    /** The header's form in seconds; its form as a date is left to our own pauses. */
    private static long retryAfterMillis(HttpResponse<?> response) {
        return response.headers()
                .firstValue("retry-after")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Long.parseLong(value) * 1000)
                .orElse(0L);
    }
}
