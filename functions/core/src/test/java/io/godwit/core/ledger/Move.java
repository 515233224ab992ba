package io.godwit.core.ledger;

import java.util.Locale;

/**
 * One thing that can happen in a state.
 *
 * @param words said of it, %1 being who does it, %2 and %3 the subtask and the attempt; put together for traces only
 */
record Move(World to, String words, String ending, int who, int part, int attempt) {
    Move {
        // Worlds that differ in their writers' names only are one.
        to = to.inOrder();
    }

    static Move of(World to, String words) {
        return new Move(to, words, "", 0, 0, 0);
    }

    String what() {
        return String.format(Locale.ROOT, words, who, part, attempt) + ending;
    }
}
