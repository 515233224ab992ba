package io.godwit.connector.file.format;

import io.godwit.connector.json.FieldParser;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records of CSV as tuples.
 *
 * <p>A record with too few or too many fields, or with a value that is none of its column's type, is one malformed row,
 * and the next record is the next row. Where a record cannot even be taken apart, because of what follows a closing
 * quote, a quote that is not closed, or bytes that are no characters, {@link CsvWalk} says where it ends, by the
 * grammar that also chose the bounds of parts: reading goes on right behind it.
 */
final class CsvRowReader implements RowReader {
    private final FileContent file;
    private final byte[] header;
    private final long end;
    private final long maxRowBytes;
    private final CsvDialect dialect;
    private final List<FileColumn> columns;
    private final int[] places;
    private final FieldParser[] parsers;
    private final int width;
    /** What the records are of, where the file cannot be opened at a place. */
    private final @Nullable HeldRecords held;

    private CsvRecords records;
    /** Where {@link #records} begins in the file, and the lines of the part before that. */
    private long begin;

    private long linesBefore;
    private long taken;
    private long line;

    /**
     * @param first where the part begins, between two records
     * @param end as {@link Format#read} has it
     * @param places of the columns among a record's fields
     * @param names of a record's fields
     */
    CsvRowReader(
            FileContent file,
            long first,
            long end,
            long maxRowBytes,
            CsvDialect dialect,
            List<FileColumn> columns,
            int[] places,
            List<String> names)
            throws IOException {
        this.file = file;
        this.begin = first;
        this.end = end;
        this.maxRowBytes = maxRowBytes;
        this.dialect = dialect;
        this.columns = columns;
        this.places = places;
        this.width = names.size();
        this.header = dialect.header() ? header(dialect, names) : new byte[0];
        this.parsers =
                columns.stream().map(column -> FieldParser.of(column.type())).toArray(FieldParser[]::new);
        InputStream in = file.open(first, end);
        this.held = file.isCompressed() && dialect.isCutByBytes() ? new HeldRecords(in, dialect, maxRowBytes) : null;
        this.records = new CsvRecords(held == null ? in : held, first == 0, dialect, maxRowBytes);
        if (first == 0 && dialect.header()) {
            take();
        }
    }

    @Override
    public boolean next(FieldWriter tuple) throws IOException {
        CsvRecord record = take();
        while (record != null && record.isEmptyLine() && width > 1) {
            record = take();
        }
        if (record == null) {
            return false;
        }
        line = linesBefore + record.line();
        if (record.fields() != width) {
            throw malformed(
                    record, "a row of " + record.fields() + " fields, where there are " + width + " columns", null);
        }
        tuple.int2(columns.size());
        for (int i = 0; i < places.length; i++) {
            field(record, i, tuple);
        }
        return true;
    }

    private void field(CsvRecord record, int column, FieldWriter tuple) throws IOException {
        int place = places[column];
        int offset = record.offset(place);
        int length = record.length(place);
        if (dialect.isNull(record.text(), offset, length, record.isQuoted(place))) {
            tuple.int4(-1);
            return;
        }
        int began = tuple.beginElement();
        try {
            parsers[column].parse(record.text(), offset, length, tuple);
        } catch (InvalidValueException e) {
            throw malformed(
                    record,
                    "column " + columns.get(column).name() + ": not a value of "
                            + columns.get(column).type().notation(),
                    e);
        }
        tuple.endElement(began);
    }

    private MalformedRowException malformed(CsvRecord record, String message, @Nullable Exception cause) {
        byte[] raw = dialect.bytes(record.written(dialect));
        return MalformedRowException.ofRow(line, message, raw, cause);
    }

    private static byte[] header(CsvDialect dialect, List<String> names) {
        String quote = String.valueOf(dialect.quote());
        return dialect.bytes(names.stream()
                .map(name -> quote + name.replace(quote, quote + quote) + quote)
                .collect(Collectors.joining(String.valueOf(dialect.delimiter()), "", "\n")));
    }

    private @Nullable CsvRecord take() throws IOException {
        try {
            CsvRecord record = records.next();
            taken++;
            if (held != null) {
                held.taken();
            }
            return record;
        } catch (MalformedRowException broken) {
            line = linesBefore + broken.line();
            if (broken.isTooLarge()) {
                throw MalformedRowException.tooLarge(line, maxRowBytes);
            }
            throw passOver(broken);
        }
    }

    /** Goes on behind the record that could not be taken apart. */
    private MalformedRowException passOver(MalformedRowException broken) throws IOException {
        String message = String.valueOf(broken.getMessage());
        if (!dialect.isCutByBytes()) {
            return MalformedRowException.at(
                    line, message + "; the rows after it cannot be found in " + dialect.encoding(), broken);
        }
        byte[] raw = held == null ? openBehind() : takeUpBehind(held);
        taken = 0;
        return MalformedRowException.ofRow(line, message, raw, broken);
    }

    private byte[] takeUpBehind(HeldRecords held) throws IOException {
        byte[] raw = held.pass(line);
        linesBefore = held.lines();
        records = new CsvRecords(held, false, dialect, maxRowBytes);
        return raw;
    }

    private byte[] openBehind() throws IOException {
        records.close();
        CsvBrokenRecord record;
        try (InputStream in = file.open(begin, end)) {
            record = new CsvBrokenRecord(dialect, taken, maxRowBytes).in(in, line);
        }
        begin += Math.max(record.end(), 0);
        InputStream rest = record.end() < 0 ? InputStream.nullInputStream() : file.open(begin, end);
        records = new CsvRecords(rest, false, dialect, maxRowBytes);
        linesBefore += record.lines();
        return record.raw();
    }

    @Override
    public byte[] context() {
        return header.clone();
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
