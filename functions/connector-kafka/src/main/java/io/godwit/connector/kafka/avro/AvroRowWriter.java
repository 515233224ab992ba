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

/** Tuples as binary values of {@link AvroSchemas#of their schema}, after its id. Not safe for threads. */
public final class AvroRowWriter {
    /** What a value begins with that names its schema, in the format of Confluent's registry. */
    static final byte MAGIC = 0;

    private final byte[] head;
    private final List<AvroColumn> columns;
    private final FieldToAvro[] fields;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    /** @param schema the id that the registry has given to the columns' schema */
    public AvroRowWriter(int schema, List<AvroColumn> columns) {
        this.head = ByteBuffer.allocate(5).put(MAGIC).putInt(schema).array();
        this.columns = List.copyOf(columns);
        this.fields =
                columns.stream().map(column -> FieldToAvro.of(column.type())).toArray(FieldToAvro[]::new);
    }

    /** @throws UnfitAvroException where a value has no place in its column's type */
    public byte[] value(TupleFields row) throws UnfitAvroException {
        bytes.reset();
        bytes.writeBytes(head);
        try {
            for (int i = 0; i < fields.length; i++) {
                field(row, i);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory are always written
        }
        return bytes.toByteArray();
    }

    private void field(TupleFields row, int i) throws IOException, UnfitAvroException {
        AvroColumn column = columns.get(i);
        if (row.isNull(i) && !column.nullable()) {
            throw new UnfitAvroException("column " + column.name() + " is NULL, and was declared never to be", null);
        }
        if (column.nullable()) {
            encoder.writeIndex(row.isNull(i) ? 0 : 1);
        }
        if (row.isNull(i)) {
            return;
        }
        try {
            fields[i].write(row.bytes(), row.offset(i), row.length(i), encoder);
        } catch (InvalidValueException e) {
            throw new UnfitAvroException("column " + column.name() + ": " + e.getMessage(), e);
        }
    }
}
