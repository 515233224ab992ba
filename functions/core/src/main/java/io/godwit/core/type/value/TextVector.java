package io.godwit.core.type.value;

import java.util.List;

/** Lexemes in the order of their bytes, each once: PostgreSQL's tsvector. */
public record TextVector(List<Lexeme> lexemes) {
    public TextVector {
        lexemes = List.copyOf(lexemes);
    }

    /** A word and where it stands, in ascending order; nowhere where that is not kept. */
    public record Lexeme(String text, List<Position> positions) {
        public Lexeme {
            positions = List.copyOf(positions);
        }
    }

    /**
     * A place in the text.
     *
     * @param place 1 to 16383
     * @param weight {@code A} to {@code D}
     */
    public record Position(int place, char weight) {
        public static final int MAX_PLACE = 16383;

        public Position {
            if (place < 0 || place > MAX_PLACE || weight < 'A' || weight > 'D') {
                throw new IllegalArgumentException("a position of place " + place);
            }
        }
    }
}
