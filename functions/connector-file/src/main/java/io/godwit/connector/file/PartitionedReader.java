package io.godwit.connector.file;

import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.FileContent;
import io.godwit.connector.file.format.Format;
import io.godwit.connector.file.format.MalformedRowException;
import io.godwit.connector.file.format.RowReader;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.connector.json.FieldParser;
import io.godwit.core.row.TupleFields;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a file, with the values that the names of its folders say. */
final class PartitionedReader implements RowReader {
    private final RowReader rows;
    private final FieldWriter row = new FieldWriter();
    private final TupleFields fields;
    /** By column: its field, length first; null: it comes from the file. */
    private final byte[] @Nullable [] constants;

    private PartitionedReader(RowReader rows, byte[] @Nullable [] constants, int inFile) {
        this.rows = rows;
        this.constants = constants;
        this.fields = new TupleFields(inFile);
    }

    /**
     * Opens a file.
     *
     * @param below its path below the table's folder
     */
    static RowReader open(
            Format format,
            FileContent file,
            String below,
            long first,
            long end,
            Format.Reading how,
            List<FileColumn> columns)
            throws IOException {
        Map<String, @Nullable String> values = Partitions.of(below);
        values.keySet()
                .removeIf(name ->
                        how.all().stream().noneMatch(column -> column.name().equals(name)));
        if (values.isEmpty()) {
            return format.read(file, first, end, how, columns);
        }
        List<FileColumn> inFile = without(values, columns);
        byte[] @Nullable [] constants = new byte[columns.size()][];
        for (int i = 0; i < constants.length; i++) {
            FileColumn column = columns.get(i);
            if (values.containsKey(column.name())) {
                constants[i] = field(file, column, values.get(column.name()));
            }
        }
        Format.Reading rest = new Format.Reading(without(values, how.all()), how.ours(), how.maxRowBytes());
        return new PartitionedReader(format.read(file, first, end, rest, inFile), constants, inFile.size());
    }

    private static List<FileColumn> without(Map<String, @Nullable String> values, List<FileColumn> columns) {
        return columns.stream()
                .filter(column -> !values.containsKey(column.name()))
                .toList();
    }

    private static byte[] field(FileContent file, FileColumn column, @Nullable String value)
            throws UnfitFilesException {
        FieldWriter field = new FieldWriter();
        if (value == null) {
            field.int4(-1);
            return field.toByteArray();
        }
        int began = field.beginElement();
        try {
            FieldParser.of(column.type()).parse(value.toCharArray(), 0, value.length(), field);
        } catch (InvalidValueException e) {
            throw new UnfitFilesException(file.path() + ": the folder of column " + column.name() + " is no value of "
                    + column.type().notation());
        }
        field.endElement(began);
        return field.toByteArray();
    }

    @Override
    public boolean next(FieldWriter tuple) throws IOException {
        row.clear();
        try {
            if (!rows.next(row)) {
                return false;
            }
        } catch (MalformedRowException e) {
            throw e.alone(); // kept, it would have lost its folders
        }
        fields.of(row.array(), 0, row.length());
        tuple.int2(constants.length);
        int next = 0;
        for (byte[] constant : constants) {
            if (constant != null) {
                tuple.bytes(constant);
            } else {
                int length = Math.max(fields.length(next), 0);
                tuple.bytes(fields.bytes(), fields.offset(next++) - Integer.BYTES, Integer.BYTES + length);
            }
        }
        return true;
    }

    @Override
    public long line() {
        return rows.line();
    }

    @Override
    public byte[] context() {
        return rows.context();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
