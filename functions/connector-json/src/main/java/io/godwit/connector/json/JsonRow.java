package io.godwit.connector.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.FieldReader;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects of JSON as tuples. Keys may come in any order; a key that is missing is NULL, one that no column has, or that
 * comes twice, is an error. Not safe for threads.
 */
public final class JsonRow {
    private static final byte JSONB_VERSION = 1;

    private final boolean ours;
    private final List<JsonField> columns;
    private final Map<String, Integer> wanted = new HashMap<>();
    private final @Nullable Set<String> known;
    private final FieldParser[] parsers;
    private final FieldWriter values = new FieldWriter();
    private final int[] from;
    private final int[] to;
    private byte[] bytes = {};
    private int offset;

    /**
     * @param all the table's columns; null: keys that are no columns are left out
     * @param columns which, in the order of the tuples' fields
     * @param ours whether Godwit wrote the objects: JSON columns have their NULLs left out, and json as text
     */
    public JsonRow(@Nullable List<JsonField> all, List<JsonField> columns, boolean ours) {
        this.ours = ours;
        this.columns = List.copyOf(columns);
        this.parsers =
                columns.stream().map(column -> FieldParser.of(column.type())).toArray(FieldParser[]::new);
        this.from = new int[columns.size()];
        this.to = new int[columns.size()];
        if (all == null) {
            this.known = null;
        } else {
            this.known = new HashSet<>();
            all.forEach(column -> known.add(column.name()));
        }
        for (int i = 0; i < columns.size(); i++) {
            wanted.put(columns.get(i).name(), i);
        }
    }

    /**
     * Writes one object as one tuple.
     *
     * @throws JsonRowException where the bytes are none; then nothing was written
     */
    public void read(byte[] object, int begin, int length, FieldWriter tuple) throws JsonRowException {
        bytes = object;
        offset = begin;
        values.clear();
        Arrays.fill(from, -1);
        try (JsonParser parser = Json.FACTORY.createParser(object, begin, length)) {
            object(parser);
        } catch (JsonProcessingException e) {
            throw new JsonRowException("no JSON", e);
        } catch (JsonRowException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory are always read
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
            } else if (known != null && !known.contains(name)) {
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
    private void requireKind(JsonToken token, LogicalType type, int column) throws JsonRowException {
        boolean text = type == Scalar.TEXT || type instanceof LogicalType.VarChar;
        if (text && token != JsonToken.VALUE_STRING) {
            throw malformed("key " + columns.get(column).name() + ": text expected", null);
        }
    }

    /** The value as it stands in the object. */
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
        requireUtf8(offset + begin, offset + end);
        values.bytes(bytes, offset + begin, end - begin);
    }

    /** The parser lets by what it skips, and surrogates that stand there as bytes. */
    private void requireUtf8(int begin, int end) {
        for (int at = begin; at < end; at++) {
            if (bytes[at] < 0) {
                new FieldReader(bytes, begin, end - begin).text();
                return;
            }
        }
    }

    private static JsonRowException malformed(String message, @Nullable Throwable cause) {
        return new JsonRowException(message, cause);
    }
}
