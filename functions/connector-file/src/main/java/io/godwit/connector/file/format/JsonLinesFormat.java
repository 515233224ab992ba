package io.godwit.connector.file.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.godwit.core.type.LogicalType.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON lines: an object a line, its keys the columns. */
public final class JsonLinesFormat implements Format {
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE) // a row's own limit comes first
                    .maxNumberLength(200_000)
                    .build())
            .build();

    private static final long LONGEST_SAMPLED = 16 << 20;

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public List<String> endings() {
        return List.of(".jsonl", ".ndjson", ".json");
    }

    @Override
    public List<FileColumn> describe(FileContent file) throws IOException {
        Map<String, JsonGuess> guesses = new LinkedHashMap<>();
        try (CountedInput in = new CountedInput(file.open(0, Long.MAX_VALUE));
                Lines lines = new Lines(in, LONGEST_SAMPLED)) {
            while (in.count() <= CsvFormat.SAMPLE && lines.next()) {
                if (!lines.isBlank()) {
                    look(lines, guesses);
                }
            }
        }
        List<FileColumn> columns = new ArrayList<>();
        guesses.forEach((name, guess) -> columns.add(new FileColumn(name, guess.type())));
        return columns;
    }

    private static void look(Lines lines, Map<String, JsonGuess> guesses) throws IOException {
        try (JsonParser parser = JSON.createParser(lines.bytes(), lines.offset(), lines.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw MalformedRowException.at(lines.number(), "no JSON object", null);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                JsonGuess guess = guesses.computeIfAbsent(parser.currentName(), name -> new JsonGuess());
                JsonToken token = parser.nextToken();
                guess.see(token, token.isNumeric() ? parser.getText() : "");
                parser.skipChildren();
            }
        } catch (JsonParseException e) {
            throw MalformedRowException.at(lines.number(), "no JSON", e);
        }
    }

    @Override
    public List<Long> bounds(FileContent file, long first, long end, long bytesEach) throws IOException {
        List<Long> bounds = new ArrayList<>(List.of(first));
        if (file.isCompressed()) {
            return bounds;
        }
        // A line end is never within a string: it is found by looking where it is wanted.
        for (long wanted = first + bytesEach; wanted < end; ) {
            long found = lineAfter(file, wanted - 1);
            if (found >= end) {
                break;
            }
            bounds.add(found);
            wanted = found + bytesEach;
        }
        return bounds;
    }

    private static long lineAfter(FileContent file, long from) throws IOException {
        try (InputStream in = file.open(from, Long.MAX_VALUE)) {
            long at = from;
            for (int b = in.read(); b >= 0; b = in.read()) {
                at++;
                if (b == '\n') {
                    break;
                }
            }
            return at;
        }
    }

    @Override
    public RowReader read(FileContent file, long first, long end, Reading how, List<FileColumn> columns)
            throws IOException {
        return new JsonRowReader(new Lines(file.open(first, end), how.maxRowBytes()), how, columns);
    }

    @Override
    public RowWriter write(OutputStream out, List<FileColumn> columns) {
        return new JsonRowWriter(out, columns);
    }

    /** What a key's values are. */
    private static final class JsonGuess {
        private final TypeGuess numbers = new TypeGuess();
        private boolean texts;
        private boolean bools;
        private boolean nested;
        private boolean number;

        void see(JsonToken token, String text) {
            switch (token) {
                case VALUE_NULL -> {}
                case VALUE_STRING -> texts = true;
                case VALUE_TRUE, VALUE_FALSE -> bools = true;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    number = true;
                    numbers.see(text);
                }
                default -> nested = true;
            }
        }

        /** JSON, where values are of different kinds or nested: whatever they are, they stay it. */
        io.godwit.core.type.LogicalType type() {
            int kinds = (texts ? 1 : 0) + (bools ? 1 : 0) + (number ? 1 : 0) + (nested ? 1 : 0);
            if (kinds > 1 || nested) {
                return Scalar.JSON;
            }
            if (number) {
                return numbers.type() == Scalar.TEXT ? Scalar.JSON : numbers.type();
            }
            return bools ? Scalar.BOOL : Scalar.TEXT;
        }
    }
}
