package io.godwit.connector.file.format;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Objects of JSON as tuples. Keys may come in any order; a key that is missing is NULL, one that no column has, or that
 * comes twice, is an error.
 */
final class JsonRowReader implements RowReader {
    private static final byte JSONB_VERSION = 1;

    private final Lines lines;
    private final boolean ours;
    private final List<FileColumn> columns;
    private final Map<String, Integer> wanted = new HashMap<>();
    private final Map<String, Boolean> known = new HashMap<>();
    private final FieldParser[] parsers;
    private final FieldWriter values = new FieldWriter();
    private final int[] from;
    private final int[] to;

    JsonRowReader(Lines lines, Format.Reading how, List<FileColumn> columns) {
        this.lines = lines;
        this.ours = how.ours();
        this.columns = columns;
        this.parsers =
                columns.stream().map(column -> FieldParser.of(column.type())).toArray(FieldParser[]::new);
        this.from = new int[columns.size()];
        this.to = new int[columns.size()];
        how.all().forEach(column -> known.put(column.name(), true));
        for (int i = 0; i < columns.size(); i++) {
            wanted.put(columns.get(i).name(), i);
        }
    }

    @Override
    public boolean next(FieldWriter tuple) throws IOException {
        boolean found = lines.next();
        while (found && lines.isBlank()) {
            found = lines.next();
        }
        if (!found) {
            return false;
        }
        values.clear();
        Arrays.fill(from, -1);
        try (JsonParser parser = JsonLinesFormat.JSON.createParser(lines.bytes(), lines.offset(), lines.length())) {
            object(parser);
        } catch (JsonParseException e) {
            throw malformed("no JSON", e);
        }
        tuple.int2(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            if (from[i] < 0 || to[i] < 0) {
                tuple.int4(-1);
            } else {
                tuple.int4(to[i] - from[i]);
                tuple.bytes(values.array(), from[i], to[i] - from[i]);
            }
        }
        return true;
    }

    private void object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed("no JSON object", null);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Integer column = wanted.get(name);
            JsonToken token = parser.nextToken();
            if (column != null) {
                if (from[column] >= 0) {
                    throw malformed("key " + name + " stands there twice", null);
                }
                value(parser, token, column);
            } else if (!known.containsKey(name)) {
                throw malformed("key " + name + " is no column of the table", null);
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw malformed("more than one JSON object", null);
        }
    }

    private void value(JsonParser parser, JsonToken token, int column) throws IOException {
        LogicalType type = columns.get(column).type();
        from[column] = values.length();
        to[column] = -1;
        boolean json = type == Scalar.JSONB || type == Scalar.JSON;
        if (token == JsonToken.VALUE_NULL && !(ours && json)) {
            return;
        }
        try {
            if (type == Scalar.JSONB || (type == Scalar.JSON && !(ours && token == JsonToken.VALUE_STRING))) {
                raw(parser, token, type);
            } else if (token.isScalarValue()) {
                parsers[column].parse(
                        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), values);
                requireKind(token, type, column);
            } else {
                throw new InvalidValueException("an object or a list");
            }
        } catch (InvalidValueException e) {
            throw malformed(
                    "key " + columns.get(column).name() + ": not a value of "
                            + columns.get(column).type().notation(),
                    e);
        }
        to[column] = values.length();
    }

    /** A number where there should be text would have lost how it was written, had it been read as one. */
    private void requireKind(JsonToken token, LogicalType type, int column) throws IOException {
        boolean text = type == Scalar.TEXT || type instanceof LogicalType.VarChar;
        if (text && token != JsonToken.VALUE_STRING) {
            throw malformed("key " + columns.get(column).name() + ": text expected", null);
        }
    }

    /** The value as it stands in the line. */
    private void raw(JsonParser parser, JsonToken token, LogicalType type) throws IOException {
        int begin = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        if (token.isStructStart()) {
            parser.skipChildren();
        } else if (token == JsonToken.VALUE_STRING) {
            Objects.requireNonNull(parser.getText()); // read to its end
        }
        if (type == Scalar.JSONB) {
            values.int1(JSONB_VERSION);
        }
        if (token.isNumeric() || token == JsonToken.VALUE_NULL || token.isBoolean()) {
            values.bytes(parser.getText().getBytes(StandardCharsets.UTF_8));
            return;
        }
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        values.bytes(lines.bytes(), lines.offset() + begin, end - begin);
    }

    private MalformedRowException malformed(String message, @org.jspecify.annotations.Nullable Throwable cause) {
        return MalformedRowException.at(lines.number(), message, cause);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
