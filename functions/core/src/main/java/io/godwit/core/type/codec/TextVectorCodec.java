package io.godwit.core.type.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.type.value.TextVector;
import io.godwit.core.type.value.TextVector.Lexeme;
import io.godwit.core.type.value.TextVector.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * tsvector: int32 how many lexemes; each its text and a zero byte, uint16 how many positions, and these as uint16:
 * weight in the two highest bits (A is 3), then the place.
 */
final class TextVectorCodec implements Codec<TextVector> {
    private static final int LEAST_LEXEME_BYTES = 3;
    private static final int MAX_POSITIONS = 255;

    @Override
    public TextVector read(FieldReader in) {
        int count = in.count(LEAST_LEXEME_BYTES);
        List<Lexeme> lexemes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String text = in.textToZero();
            List<Position> positions = new ArrayList<>();
            for (int left = in.uint2(); left > 0; left--) {
                int bits = in.uint2();
                positions.add(new Position(bits & Position.MAX_PLACE, (char) ('D' - (bits >> 14))));
            }
            lexemes.add(new Lexeme(text, positions));
        }
        return new TextVector(lexemes);
    }

    @Override
    public void write(TextVector value, FieldWriter out) {
        out.int4(value.lexemes().size());
        for (Lexeme lexeme : value.lexemes()) {
            out.text(lexeme.text());
            out.int1(0);
            out.int2(lexeme.positions().size());
            for (Position position : lexeme.positions()) {
                out.int2((('D' - position.weight()) << 14) | position.place());
            }
        }
    }

    @Override
    public String format(TextVector value) {
        StringBuilder text = new StringBuilder();
        for (Lexeme lexeme : value.lexemes()) {
            text.append(text.length() == 0 ? "" : " ").append(TextQueryCodec.quoted(lexeme.text()));
            char before = ':';
            for (Position position : lexeme.positions()) {
                text.append(before).append(position.place());
                text.append(position.weight() == 'D' ? "" : position.weight());
                before = ',';
            }
        }
        return text.toString();
    }

    @Override
    public TextVector parse(String text) {
        Map<byte[], Map<Integer, Character>> found = new TreeMap<>(Arrays::compareUnsigned);
        TextCursor cursor = new TextCursor(text, "a tsvector");
        while (!cursor.blanks().atEnd()) {
            String word = TextQueryCodec.word(cursor, ":");
            Map<Integer, Character> places = found.computeIfAbsent(word.getBytes(UTF_8), key -> new TreeMap<>());
            if (cursor.skip(':')) {
                do {
                    int place = Math.min(cursor.number(false), Position.MAX_PLACE);
                    char weight = Character.toUpperCase(cursor.peek());
                    boolean weighted = weight >= 'A' && weight <= 'D';
                    if (weighted) {
                        cursor.next();
                    }
                    // The heavier of two at one place stays: A is the heaviest.
                    places.merge(place, weighted ? weight : 'D', (a, b) -> a < b ? a : b);
                } while (cursor.skip(','));
            }
        }
        List<Lexeme> lexemes = new ArrayList<>();
        found.forEach((word, places) -> lexemes.add(new Lexeme(
                new String(word, UTF_8),
                places.entrySet().stream()
                        .map(place -> new Position(place.getKey(), place.getValue()))
                        .sorted(Comparator.comparingInt(Position::place))
                        .limit(MAX_POSITIONS)
                        .toList())));
        return new TextVector(lexemes);
    }
}
