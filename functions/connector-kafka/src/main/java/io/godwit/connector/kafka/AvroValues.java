package io.godwit.connector.kafka;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.kafka.avro.AvroColumn;
import io.godwit.connector.kafka.avro.AvroRow;
import io.godwit.connector.kafka.avro.AvroSchemas;
import io.godwit.connector.kafka.avro.UnfitAvroException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.type.codec.FieldWriter;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Values of Avro, each after the id that its schema has in the registry. Not safe for threads. */
final class AvroValues implements ValueReader {
    /** A zero and the id. */
    private static final int HEAD = 5;

    private final Registry registry;
    private final Schema described;
    private final List<AvroColumn> columns;
    private final Map<Integer, AvroRow> rows = new HashMap<>();

    private AvroValues(Registry registry, Schema described, List<AvroColumn> columns) {
        this.registry = registry;
        this.described = described;
        this.columns = columns;
    }

    /**
     * @param described the schema of the columns, to which the values of others are resolved
     * @throws io.godwit.core.error.GodwitException SOURCE_CHANGED, when it is given columns that are not its
     */
    static ValueReader.Form of(Registry registry, KafkaErrors errors, String topic, Schema described) {
        return (all, wanted) -> {
            List<AvroColumn> columns = wanted.stream().map(AvroValues::column).toList();
            try {
                new AvroRow(described, described, columns);
            } catch (UnfitAvroException e) {
                throw errors.error(
                        ErrorCode.SOURCE_CHANGED,
                        "topic " + topic + ": its schema is another one than the columns were planned by: "
                                + e.reason(),
                        "Start a new run: it plans by the schema as it is now.");
            }
            return new AvroValues(registry, described, columns);
        };
    }

    private static AvroColumn column(JsonField column) {
        return new AvroColumn(column.name(), column.type(), true);
    }

    @Override
    public void read(byte[] value, FieldWriter tuple) throws Messages.UnreadableException {
        try {
            row(value).read(value, HEAD, tuple);
        } catch (UnfitAvroException e) {
            throw new Messages.UnreadableException(e.reason(), e);
        }
    }

    private AvroRow row(byte[] value) throws UnfitAvroException, Messages.UnreadableException {
        int id = schemaOf(value);
        AvroRow row = rows.get(id);
        if (row == null) {
            String text = registry.schema(id)
                    .orElseThrow(() ->
                            new Messages.UnreadableException("schema " + id + ", which the registry has not", null));
            row = new AvroRow(AvroSchemas.parse(text), described, columns);
            rows.put(id, row);
        }
        return row;
    }

    /** The id of a value's schema. */
    static int schemaOf(byte[] value) throws Messages.UnreadableException {
        if (value.length < HEAD || value[0] != 0) {
            throw new Messages.UnreadableException(
                    "no value in the registry's format, which begins with a zero and the id of its schema", null);
        }
        return ByteBuffer.wrap(value, 1, 4).getInt();
    }
}
