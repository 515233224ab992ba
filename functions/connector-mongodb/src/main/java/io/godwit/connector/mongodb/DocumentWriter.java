package io.godwit.connector.mongodb;

import io.godwit.core.row.TupleFields;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldReader;
import io.godwit.core.type.codec.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonType;

/** Tuples as documents. Every column is a field, NULL is null. */
final class DocumentWriter {
    /** What a server takes. */
    private static final int MOST_BYTES = 16 << 20;

    private static final byte[] ID = MongoColumn.ID.getBytes(StandardCharsets.UTF_8);

    private final List<MongoColumn> columns;
    private final Identity identity;
    private final String ids;
    private final ValueWriter[] writers;
    private final byte[][] names;
    private final DocumentBytes out = new DocumentBytes();

    /** @param ids how {@code _id}s begin that are made of a row's place */
    DocumentWriter(List<MongoColumn> columns, Identity identity, String ids) {
        this.columns = List.copyOf(columns);
        this.identity = identity;
        this.ids = ids;
        this.writers = columns.stream().map(ValueWriter::of).toArray(ValueWriter[]::new);
        this.names = columns.stream()
                .map(column -> column.name().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /**
     * The document's bytes.
     *
     * @param row the row's place in its subtask, from 0
     * @throws InvalidValueException where it can be none
     */
    byte[] document(TupleFields tuple, long row) {
        out.clear();
        int began = out.begin();
        id(tuple, row);
        for (int i = 0; i < writers.length; i++) {
            if (!(identity.isColumn() && identity.columns().get(0) == i)) {
                field(tuple, i, names[i]);
            }
        }
        out.end(began);
        if (out.length() > MOST_BYTES) {
            throw new InvalidValueException("a document of more than 16 MB");
        }
        return out.toByteArray();
    }

    private void id(TupleFields tuple, long row) {
        List<Integer> made = identity.columns();
        if (made.isEmpty()) {
            byte[] text = (ids + row).getBytes(StandardCharsets.US_ASCII);
            out.element(BsonType.STRING, ID);
            out.string(text, 0, text.length);
            return;
        }
        for (int column : made) {
            if (tuple.isNull(column)) {
                throw new InvalidValueException("a key that is NULL");
            }
        }
        if (made.size() == 1) {
            field(tuple, made.get(0), ID);
            return;
        }
        out.element(BsonType.DOCUMENT, ID);
        int began = out.begin();
        for (int column : made) {
            field(tuple, column, names[column]);
        }
        out.end(began);
    }

    private void field(TupleFields tuple, int column, byte[] name) {
        if (tuple.isNull(column)) {
            out.element(BsonType.NULL, name);
            return;
        }
        try {
            writers[column].write(
                    name, new FieldReader(tuple.bytes(), tuple.offset(column), tuple.length(column)), out);
        } catch (InvalidValueException e) {
            throw new InvalidValueException("column " + columns.get(column).name() + ": " + e.getMessage());
        }
    }

    /** {@code (id)=(77)}; of a row without a key its place. */
    String key(TupleFields tuple, long row) {
        if (identity.columns().isEmpty()) {
            return "row " + row + " of its subtask";
        }
        return identity.columns().stream()
                        .map(column -> columns.get(column).name())
                        .collect(Collectors.joining(", ", "(", ")"))
                + "="
                + identity.columns().stream()
                        .map(column -> tuple.isNull(column)
                                ? "NULL"
                                : FieldTexts.text(Codecs.of(columns.get(column).type()), tuple, column))
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
