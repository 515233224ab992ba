package io.godwit.connector.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.godwit.core.row.TupleFields;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.FieldReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tuples as JSON objects: whole and decimal numbers, floats and booleans as JSON's own, jsonb as the JSON it is, all
 * else as text, and no line end in any of it. NULL is {@code null}; but of a column of JSON, whose value may be
 * {@code null} itself, it is left out. {@link JsonRow} reads them back as the same bytes.
 */
public final class JsonRowWriter {
    private final JsonGenerator json;
    private final List<JsonField> columns;
    private final FieldText[] texts;

    public JsonRowWriter(OutputStream out, List<JsonField> columns) {
        this.columns = List.copyOf(columns);
        this.texts = columns.stream().map(column -> FieldText.of(column.type())).toArray(FieldText[]::new);
        try {
            this.json = Json.FACTORY.createGenerator(out, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    /** Writes an object for each tuple, one after the other. */
    public void row(TupleFields tuple) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < texts.length; i++) {
            field(tuple, i);
        }
        json.writeEndObject();
    }

    /** What goes between objects. */
    public void raw(char between) throws IOException {
        json.writeRaw(between);
    }

    /** Writes what is left, and leaves the stream open. */
    public void flush() throws IOException {
        json.flush();
    }

    private void field(TupleFields tuple, int column) throws IOException {
        String name = columns.get(column).name();
        LogicalType type = columns.get(column).type();
        if (tuple.isNull(column)) {
            if (type != Scalar.JSON && type != Scalar.JSONB) {
                json.writeNullField(name);
            }
            return;
        }
        json.writeFieldName(name);
        byte[] bytes = tuple.bytes();
        int offset = tuple.offset(column);
        int length = tuple.length(column);
        if (type == Scalar.BOOL) {
            json.writeBoolean(bytes[offset] != 0);
        } else if (type == Scalar.INT8) {
            json.writeNumber(new FieldReader(bytes, offset, length).int8());
        } else if (type == Scalar.INT4) {
            json.writeNumber(new FieldReader(bytes, offset, length).int4());
        } else if (type == Scalar.JSONB) {
            // Line ends stand between tokens only, where they mean what a blank means.
            json.writeRawValue(new String(bytes, offset + 1, length - 1, StandardCharsets.UTF_8)
                    .replace('\n', ' ')
                    .replace('\r', ' '));
        } else if (isNumber(type)) {
            String text = texts[column].of(bytes, offset, length);
            // NaN and infinities are no numbers in JSON.
            if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))) {
                json.writeString(text);
            } else {
                json.writeNumber(text);
            }
        } else {
            json.writeString(texts[column].of(bytes, offset, length));
        }
    }

    private static boolean isNumber(LogicalType type) {
        return type == Scalar.INT2 || type == Scalar.FLOAT4 || type == Scalar.FLOAT8 || type instanceof Decimal;
    }
}
