package io.godwit.connector.kafka.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.godwit.connector.json.FieldText;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.FieldWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Values that have parts, as JSON: records and maps as objects, arrays as lists, and what has none as JSON lines have
 * it: numbers with all their digits, NaN and infinities as texts, moments as in PostgreSQL, bytes as {@code \x6b}.
 */
final class NestedJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final FieldWriter field = new FieldWriter();

    String text(Schema schema, Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(schema, value, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // text in memory is always written
        }
        return text.toString();
    }

    private void write(Schema schema, @Nullable Object value, JsonGenerator json) throws IOException {
        switch (schema.getType()) {
            case NULL -> json.writeNull();
            case UNION -> write(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value, json);
            case RECORD -> {
                json.writeStartObject();
                for (Schema.Field one : schema.getFields()) {
                    json.writeFieldName(one.name());
                    write(one.schema(), ((IndexedRecord) java.util.Objects.requireNonNull(value)).get(one.pos()), json);
                }
                json.writeEndObject();
            }
            case MAP -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> one : ((Map<?, ?>) java.util.Objects.requireNonNull(value)).entrySet()) {
                    json.writeFieldName(String.valueOf(one.getKey()));
                    write(schema.getValueType(), one.getValue(), json);
                }
                json.writeEndObject();
            }
            case ARRAY -> {
                json.writeStartArray();
                for (Object one : (Collection<?>) java.util.Objects.requireNonNull(value)) {
                    write(schema.getElementType(), one, json);
                }
                json.writeEndArray();
            }
            default -> leaf(schema, java.util.Objects.requireNonNull(value), json);
        }
    }

    private void leaf(Schema schema, Object value, JsonGenerator json) throws IOException {
        LogicalType type = AvroTypes.logical(schema);
        field.clear();
        AvroToField.of(schema, type).write(value, field);
        String text = FieldText.of(type).of(field.array(), 0, field.length());
        boolean number = type instanceof LogicalType.Decimal
                || type == LogicalType.Scalar.INT4
                || type == LogicalType.Scalar.INT8
                || type == LogicalType.Scalar.FLOAT4
                || type == LogicalType.Scalar.FLOAT8;
        if (type == LogicalType.Scalar.BOOL) {
            json.writeBoolean((boolean) value);
        } else if (number && !Character.isLetter(text.charAt(text.length() - 1))) {
            json.writeNumber(text);
        } else {
            json.writeString(text);
        }
    }
}
