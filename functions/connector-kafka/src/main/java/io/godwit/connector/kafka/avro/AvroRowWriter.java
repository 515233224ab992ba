package io.godwit.connector.kafka.avro;

import io.godwit.core.row.TupleFields;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Tuples as binary values of a schema that {@link AvroSchemas#takes} them, after its id. Not safe for threads. */
public final class AvroRowWriter {
    /** What a value begins with that names its schema, in the format of Confluent's registry. */
    static final byte MAGIC = 0;

    private final byte[] head;
    private final List<AvroColumn> fields;
    private final int[] places;
    private final FieldToAvro[] writers;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    /**
     * @param schema the id that the registry has given to the schema
     * @param fields of the schema, in its order
     * @param columns the names of the rows' columns, in theirs
     */
    public AvroRowWriter(int schema, List<AvroColumn> fields, List<String> columns) {
        this.head = ByteBuffer.allocate(5).put(MAGIC).putInt(schema).array();
        this.fields = List.copyOf(fields);
        this.places =
                fields.stream().mapToInt(field -> columns.indexOf(field.name())).toArray();
        this.writers =
                fields.stream().map(field -> FieldToAvro.of(field.type())).toArray(FieldToAvro[]::new);
    }

    /** @throws UnfitAvroException where a value has no place in its column's type */
    public byte[] value(TupleFields row) throws UnfitAvroException {
        bytes.reset();
        bytes.writeBytes(head);
        try {
            for (int i = 0; i < writers.length; i++) {
                field(row, i);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory are always written
        }
        return bytes.toByteArray();
    }

    private void field(TupleFields row, int i) throws IOException, UnfitAvroException {
        AvroColumn field = fields.get(i);
        int place = places[i];
        boolean missing = place < 0 || row.isNull(place);
        if (missing && !field.nullable()) {
            throw new UnfitAvroException("column " + field.name() + " is NULL, and was declared never to be", null);
        }
        if (field.nullable()) {
            encoder.writeIndex(missing ? 0 : 1);
        }
        if (missing) {
            return;
        }
        try {
            writers[i].write(row.bytes(), row.offset(place), row.length(place), encoder);
        } catch (InvalidValueException e) {
            throw new UnfitAvroException("column " + field.name() + ": " + e.getMessage(), e);
        }
    }
}
