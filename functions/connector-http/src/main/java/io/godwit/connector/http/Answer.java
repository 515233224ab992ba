package io.godwit.connector.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.godwit.connector.json.Json;
import io.godwit.core.row.RowHash;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The content of one answer, read once from its beginning to its end: the rows as they come, the rest as found. */
final class Answer {
    private static final int BOM = 0xEF;

    private final Scanner scanner;
    private final Places places;
    private boolean listed;
    private boolean stopped;
    private long rows;
    private long bytes;
    private long fingerprint;
    private @Nullable Long total;
    private boolean nextSeen;
    private @Nullable String next;

    Answer(Scanner scanner, Places places) {
        this.scanner = scanner;
        this.places = places;
    }

    /** Takes rows. */
    @FunctionalInterface
    interface Elements {
        /**
         * One row, where the scanner is.
         *
         * @param index in the list, from 0
         * @return whether to go on
         */
        boolean element(Scanner at, long index) throws IOException;
    }

    /** @throws UnfitAnswerException where the answer is no JSON, or has no list where it should be */
    void read(Elements elements) throws IOException {
        if (scanner.peek() == BOM) {
            scanner.skip(3); // no JSON, which some servers send nevertheless
        }
        value(places.rows(), places.total(), places.next(), elements);
        if (stopped) {
            return;
        }
        if (scanner.peek() >= 0) {
            throw new UnfitAnswerException("more than one JSON value");
        }
        if (!listed) {
            throw new UnfitAnswerException("no list at " + text(places.rows()));
        }
    }

    private void value(
            @Nullable JsonPointer toRows,
            @Nullable JsonPointer toTotal,
            @Nullable JsonPointer toNext,
            Elements elements)
            throws IOException {
        if (toRows != null && toRows.matches()) {
            list(elements);
        } else if (toTotal != null && toTotal.matches()) {
            total = number();
        } else if (toNext != null && toNext.matches()) {
            if (nextSeen) {
                throw new UnfitAnswerException("two values at " + text(places.next()));
            }
            nextSeen = true;
            next = word(places.next());
        } else if (scanner.peek() == '{' && (toRows != null || toTotal != null || toNext != null)) {
            object(toRows, toTotal, toNext, elements);
        } else {
            scanner.value();
            first();
        }
    }

    private void object(
            @Nullable JsonPointer toRows,
            @Nullable JsonPointer toTotal,
            @Nullable JsonPointer toNext,
            Elements elements)
            throws IOException {
        scanner.expect('{');
        if (scanner.takes('}')) {
            return;
        }
        do {
            if (scanner.peek() != '"') {
                scanner.expect('"'); // says what is wrong
            }
            String key = String.valueOf(word(null));
            scanner.expect(':');
            value(below(toRows, key), below(toTotal, key), below(toNext, key), elements);
        } while (!stopped && scanner.takes(','));
        if (!stopped) {
            scanner.expect('}');
        }
    }

    private static @Nullable JsonPointer below(@Nullable JsonPointer pointer, String key) {
        return pointer == null ? null : pointer.matchProperty(key);
    }

    private void list(Elements elements) throws IOException {
        if (listed) {
            throw new UnfitAnswerException("two lists at " + text(places.rows()));
        }
        if (scanner.peek() != '[') {
            scanner.value();
            throw new UnfitAnswerException("no list at " + text(places.rows()));
        }
        listed = true;
        scanner.expect('[');
        if (scanner.takes(']')) {
            return;
        }
        do {
            scanner.value();
            bytes += scanner.length();
            fingerprint = 31 * fingerprint + RowHash.of(scanner.bytes(), scanner.offset(), scanner.length());
            stopped = !elements.element(scanner, rows);
            rows++;
        } while (!stopped && scanner.takes(','));
        if (!stopped) {
            scanner.expect(']');
        }
    }

    private @Nullable Long number() throws IOException {
        if (total != null) {
            throw new UnfitAnswerException("two values at " + text(places.total()));
        }
        String text = word(places.total());
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw new UnfitAnswerException("no number of rows at " + text(places.total()));
        }
        return Long.parseLong(text);
    }

    /** A text or a number; null where there is null. */
    private @Nullable String word(@Nullable JsonPointer where) throws IOException {
        scanner.value();
        return first(where);
    }

    private void first() throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(scanner.bytes(), scanner.offset(), scanner.length())) {
            parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
        } catch (JsonProcessingException e) {
            throw new UnfitAnswerException("no JSON before byte " + scanner.position());
        }
    }

    private @Nullable String first(@Nullable JsonPointer where) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(scanner.bytes(), scanner.offset(), scanner.length())) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                return null;
            }
            if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
                throw new UnfitAnswerException("neither text nor number at " + text(where));
            }
            return parser.getText();
        } catch (JsonProcessingException e) {
            throw new UnfitAnswerException("no JSON before byte " + scanner.position());
        } catch (EOFException e) {
            throw new UnfitAnswerException("no value before byte " + scanner.position());
        }
    }

    private static String text(@Nullable JsonPointer pointer) {
        String text = String.valueOf(pointer);
        return text.isEmpty() ? "its top" : text;
    }

    /** Whether whoever took the rows wanted no more: nothing else is known then. */
    boolean isStopped() {
        return stopped;
    }

    long rows() {
        return rows;
    }

    /** What the rows take as JSON. */
    long bytes() {
        return bytes;
    }

    /** Of the rows in their order: two answers with equal rows have the same. */
    long fingerprint() {
        return fingerprint;
    }

    /** How many rows the table has; null: not said. */
    @Nullable
    Long total() {
        return total;
    }

    /** The next answer's token or address; null: this is the last. */
    @Nullable
    String next() {
        return next == null || next.isEmpty() ? null : next;
    }
}
