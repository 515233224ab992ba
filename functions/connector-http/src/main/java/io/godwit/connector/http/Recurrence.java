package io.godwit.connector.http;

import org.jspecify.annotations.Nullable;

/**
 * Whether what follows one another comes round: Brent's way, which keeps one of them, and finds a circle before it was
 * gone round three times.
 */
final class Recurrence {
    private @Nullable String kept;
    private long steps;
    private long keepFor = 1;

    boolean isAgain(String next) {
        if (next.equals(kept)) {
            return true;
        }
        if (++steps >= keepFor) {
            kept = next;
            keepFor *= 2;
            steps = 0;
        }
        return false;
    }
}
