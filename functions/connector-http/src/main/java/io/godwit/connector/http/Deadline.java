package io.godwit.connector.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When something must be over, on the clock of {@link System#nanoTime}. */
final class Deadline {
    private final @Nullable Duration most;
    private final long end;

    private Deadline(@Nullable Duration most) {
        this.most = most;
        this.end = System.nanoTime() + (most == null ? 0 : most.toNanos());
    }

    /** @param most null: whatever it takes */
    static Deadline in(@Nullable Duration most) {
        return new Deadline(most);
    }

    boolean isOver() {
        return most != null && end - System.nanoTime() <= 0;
    }

    /** What is left, but no more than this; positive. */
    Duration atMost(Duration other) {
        if (most == null) {
            return other;
        }
        Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        return left.compareTo(other) < 0 ? left : other;
    }

    /** What it was at first. */
    @Override
    public String toString() {
        return String.valueOf(most);
    }
}
