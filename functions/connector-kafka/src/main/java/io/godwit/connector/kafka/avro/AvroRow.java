package io.godwit.connector.kafka.avro;

import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Binary values of one schema as tuples of the columns that another one describes, resolved by Avro's rules: fields are
 * found by their names and aliases, numbers widened, and what is missing has the default that the other one gives it.
 * Not safe for threads.
 */
public final class AvroRow {
    /** How a message of Avro begins that speaks of schemas; others may quote values. */
    private static final String OF_SCHEMAS = "Found ";

    private final Schema described;
    private final AvroToField[] fields;
    private final GenericDatumReader<@Nullable IndexedRecord> reader;
    private final FieldWriter field = new FieldWriter();

    /**
     * @param writer the schema of the values
     * @param described whose fields the columns are
     * @throws UnfitAvroException where the columns are not its
     */
    public AvroRow(Schema writer, Schema described, List<AvroColumn> columns) throws UnfitAvroException {
        this.described = AvroSchemas.with(
                        described, columns.stream().map(AvroColumn::name).toList())
                .orElseThrow(() -> new UnfitAvroException("the described schema lacks a column", null));
        this.reader = new GenericDatumReader<>(writer, this.described);
        this.fields = new AvroToField[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            Schema schema = this.described.getFields().get(i).schema();
            AvroColumn column = columns.get(i);
            if (!AvroTypes.holds(schema, column.type())) {
                throw new UnfitAvroException(
                        "field " + column.name() + " is no " + column.type().notation(), null);
            }
            fields[i] = AvroToField.of(schema, column.type());
        }
    }

    /**
     * Writes one value as one tuple.
     *
     * @param from where the value begins, after the id of its schema
     * @throws UnfitAvroException where the bytes are none; what was written then is to be cleared
     */
    public void read(byte[] value, int from, FieldWriter tuple) throws UnfitAvroException {
        IndexedRecord record = record(value, from);
        tuple.int2(fields.length);
        for (int i = 0; i < fields.length; i++) {
            Object one = record.get(i);
            if (one == null) {
                tuple.int4(-1);
                continue;
            }
            field.clear();
            try {
                fields[i].write(one, field);
            } catch (InvalidValueException e) {
                throw new UnfitAvroException(
                        "field " + described.getFields().get(i).name() + ": " + e.getMessage(), e);
            }
            tuple.int4(field.length());
            tuple.bytes(field.array(), 0, field.length());
        }
    }

    private IndexedRecord record(byte[] value, int from) throws UnfitAvroException {
        BoundedDecoder in = new BoundedDecoder(value, from);
        IndexedRecord record;
        try {
            record = reader.read(null, in);
        } catch (IOException e) {
            throw new UnfitAvroException("no value of its schema: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // Of whatever kind Avro has: for what does not resolve, and for indices that a union or an enum has not.
            String what = String.valueOf(e.getMessage());
            throw new UnfitAvroException(
                    "no value of its schema, or none of the described one"
                            + (what.startsWith(OF_SCHEMAS) ? ": " + what : ""),
                    e);
        }
        if (record == null || !in.isAtEnd()) {
            throw new UnfitAvroException("bytes after a value of its schema", null);
        }
        return record;
    }
}
