package io.godwit.local.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the latest events that no function would take. */
public final class DeadLetters {
    private static final int KEPT = 1000;

    private final Deque<Letter> letters = new ArrayDeque<>();

    /** An event set aside, and why. */
    public record Letter(String type, String id, String reason) {}

    synchronized void add(Message message, String reason) {
        if (letters.size() == KEPT) {
            letters.removeFirst();
        }
        letters.addLast(new Letter(message.type(), message.id(), reason));
    }

    synchronized List<Letter> latest() {
        return List.copyOf(letters);
    }
}
