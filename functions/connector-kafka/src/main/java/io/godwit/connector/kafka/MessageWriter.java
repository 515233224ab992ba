package io.godwit.connector.kafka;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.json.JsonRowWriter;
import io.godwit.connector.kafka.avro.AvroColumn;
import io.godwit.connector.kafka.avro.AvroRowWriter;
import io.godwit.connector.kafka.avro.UnfitAvroException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tuples as messages: the row as their value, and its key's columns as a JSON object. Not safe for threads. */
final class MessageWriter {
    /** Names the subtask that wrote the message: {@code RUN/STEP/TABLE/SPLIT}. */
    static final String SUBTASK_HEADER = "godwit-subtask";

    private final ValueWriter values;
    private final ValueWriter keys;
    private final MessageKey key;
    private final int[] keyColumns;
    private final TupleBuilder keyTuple = new TupleBuilder();
    private final TupleFields keyFields;

    MessageWriter(MessageKey key, ValueWriter values) {
        this.key = key;
        this.keyColumns = key.columns();
        this.values = values;
        this.keys = json(key.fields());
        this.keyFields = new TupleFields(keyColumns.length);
    }

    /** Rows as JSON objects. */
    static ValueWriter json(TablePlan plan) {
        return json(KafkaPreparation.fields(plan));
    }

    private static ValueWriter json(List<JsonField> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonRowWriter writer = new JsonRowWriter(bytes, fields);
        return row -> {
            bytes.reset();
            try {
                writer.row(row);
                writer.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e); // bytes in memory are always written
            }
            return bytes.toByteArray();
        };
    }

    /** Rows as Avro, by the schema of their topic, which may have other tables' columns, and in another order. */
    static ValueWriter avro(TopicSchema schema, TablePlan plan) {
        Map<String, LogicalType> types = new LinkedHashMap<>();
        plan.columns().forEach(column -> types.put(column.target(), column.wireType()));
        List<AvroColumn> fields = schema.fields().stream()
                .map(field ->
                        new AvroColumn(field.name(), types.getOrDefault(field.name(), Scalar.TEXT), field.nullable()))
                .toList();
        List<String> names = fields.stream().map(AvroColumn::name).toList();
        if (!names.containsAll(types.keySet())) {
            throw new GodwitException(
                    ErrorCode.DEFECT, plan.id() + ": its schema was registered without some of its columns", "");
        }
        AvroRowWriter writer = new AvroRowWriter(schema.id(), fields, List.copyOf(types.keySet()));
        return row -> {
            try {
                return writer.value(row);
            } catch (UnfitAvroException e) {
                throw new RefusedRowException(
                        "ROW_NOT_CONVERTIBLE", e.reason(), "Mend the row, or map the column to text.");
            }
        };
    }

    byte[] value(TupleFields row) throws RefusedRowException {
        return values.value(row);
    }

    /** Null where the table has no key. */
    byte @Nullable [] key(TupleFields row) throws RefusedRowException {
        if (key.isNone()) {
            return null;
        }
        keyTuple.begin(keyColumns.length);
        for (int column : keyColumns) {
            if (row.isNull(column)) {
                keyTuple.nullField();
            } else {
                keyTuple.field(row.bytes(), row.offset(column), row.length(column));
            }
        }
        keyFields.of(keyTuple.bytes(), 0, keyTuple.length());
        return keys.value(keyFields);
    }
}
