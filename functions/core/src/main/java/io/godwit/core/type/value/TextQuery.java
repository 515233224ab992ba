package io.godwit.core.type.value;

/** What a text is searched for: PostgreSQL's tsquery. */
public sealed interface TextQuery {

    /** Nothing. */
    record Nothing() implements TextQuery {}

    /**
     * A word.
     *
     * @param weights a subset of {@code ABCD}, in this order; empty: any
     * @param prefix whether words that begin with it are meant too
     */
    record Word(String text, String weights, boolean prefix) implements TextQuery {}

    /** Texts that the query does not match. */
    record Not(TextQuery query) implements TextQuery {}

    /** Both, or one of them, or one {@code distance} words after the other; the distance is 0 but for a phrase. */
    record Pair(Operator operator, int distance, TextQuery left, TextQuery right) implements TextQuery {}

    /** How two queries are joined, in ascending order of how tightly. */
    enum Operator {
        OR,
        AND,
        PHRASE
    }
}
