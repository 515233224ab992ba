package io.godwit.connector.file.format.parquet;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.connector.file.format.FileContent;
import io.godwit.connector.file.format.MalformedRowException;
import io.godwit.connector.file.format.RowReader;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The rows of some groups, as tuples. */
final class ParquetRowReader implements RowReader {
    private final FileContent file;
    private final Footer footer;
    private final Iterator<Footer.Group> groups;
    private final List<ColumnIn> columns;
    private final Set<String> fields = new HashSet<>();
    private final int[] mostDefined;
    private final long maxRowBytes;
    private final @Nullable ColumnReader[] readers;
    private final @Nullable RecordReader<?>[] nested;
    private @Nullable ColumnReader beyond;
    private Footer.@Nullable Group group;
    private long row;

    ParquetRowReader(
            FileContent file, Footer footer, List<Footer.Group> groups, List<ColumnIn> columns, long maxRowBytes) {
        this.file = file;
        this.footer = footer;
        this.groups = groups.iterator();
        this.columns = columns;
        this.maxRowBytes = maxRowBytes;
        this.readers = new ColumnReader[columns.size()];
        this.nested = new RecordReader<?>[columns.size()];
        this.mostDefined = new int[columns.size()];
        for (int i = 0; i < mostDefined.length; i++) {
            Type field = columns.get(i).field();
            fields.add(field.getName());
            mostDefined[i] = field.isRepetition(Type.Repetition.OPTIONAL) ? 1 : 0;
        }
        if (!footer.beyond().isEmpty()) {
            fields.add(footer.beyond());
        }
    }

    @Override
    public boolean next(FieldWriter tuple) throws IOException {
        Footer.Group current = group;
        try {
            if (current == null || row == current.rows()) {
                if (!groups.hasNext()) {
                    return false;
                }
                current = groups.next();
                open(current);
            }
            long number = number();
            row++;
            row(tuple, number);
        } catch (NestedJson.TooLargeException e) {
            throw MalformedRowException.rowTooLarge(line(), maxRowBytes);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof UnfitFilesException unfit
                    ? new UnfitFilesException(file.path() + ": " + unfit.getMessage())
                    : e.getCause();
        } catch (RuntimeException e) {
            // What the libraries say of pages that are none varies, and may quote a value.
            throw new UnfitFilesException(file.path() + " is damaged, about row " + line() + ": "
                    + e.getClass().getSimpleName());
        }
        return true;
    }

    /** Of the row that comes next, in the file, from 1. */
    private long number() {
        return (group == null ? 0 : group.firstRow()) + row + 1;
    }

    private void open(Footer.Group next) throws IOException {
        group = next;
        row = 0;
        GroupReading reading = new GroupReading(file, footer, next, fields, new PageBudget(file.path()));
        for (int i = 0; i < readers.length; i++) {
            ColumnIn column = columns.get(i);
            if (column.isNested()) {
                nested[i] = reading.nested(column.field(), maxRowBytes);
            } else {
                readers[i] = reading.column(column.field());
            }
        }
        beyond = footer.beyond().isEmpty()
                ? null
                : reading.column(footer.schema().getType(footer.beyond()));
    }

    @SuppressWarnings("unchecked")
    private void row(FieldWriter tuple, long number) throws IOException {
        tuple.int2(readers.length);
        JsonNode others = null;
        MalformedRowException malformed = null;
        try {
            others = beyond(number);
        } catch (MalformedRowException e) {
            malformed = e;
        }
        // All columns move on, so that the row after this one can be read.
        for (int i = 0; i < readers.length; i++) {
            try {
                ColumnReader reader = readers[i];
                if (reader == null) {
                    columns.get(i).read((RecordReader<JsonNode>) requireNonNull(nested[i]), tuple);
                } else {
                    value(i, reader, others, tuple);
                }
            } catch (InvalidValueException e) {
                malformed = MalformedRowException.atRow(
                        number, "column " + columns.get(i).name() + ": " + e.getMessage(), e);
            }
            if (tuple.length() > maxRowBytes) {
                throw MalformedRowException.rowTooLarge(number, maxRowBytes);
            }
        }
        if (malformed != null) {
            throw malformed;
        }
    }

    private void value(int i, ColumnReader reader, @Nullable JsonNode others, FieldWriter tuple) {
        ColumnIn column = columns.get(i);
        try {
            if (reader.getCurrentDefinitionLevel() >= mostDefined[i]) {
                column.read(reader, tuple);
            } else if (others != null && others.has(column.name())) {
                column.read(others.get(column.name()).asText(), tuple);
            } else {
                tuple.int4(-1);
            }
        } finally {
            reader.consume();
        }
    }

    /** The texts of this row's values that their columns have no place for. */
    private @Nullable JsonNode beyond(long number) throws IOException {
        ColumnReader reader = beyond;
        if (reader == null) {
            return null;
        }
        if (reader.getCurrentDefinitionLevel() > 0) {
            String json = new String(reader.getBinary().getBytes(), StandardCharsets.UTF_8);
            reader.consume();
            try {
                return Beyond.read(json);
            } catch (IOException e) {
                throw MalformedRowException.atRow(number, "column " + footer.beyond() + ": no JSON", null);
            }
        }
        reader.consume();
        return null;
    }

    /** The row that was read last. */
    @Override
    public long line() {
        return number() - 1;
    }

    @Override
    public byte[] context() {
        return new byte[0];
    }

    @Override
    public void close() {}
}
