package io.godwit.connector.file.format;

import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.IOException;
import java.util.List;

/** Records of CSV as tuples. */
final class CsvRowReader implements RowReader {
    private final CsvRecords records;
    private final CsvDialect dialect;
    private final List<FileColumn> columns;
    private final int[] places;
    private final FieldParser[] parsers;
    private final int width;

    /**
     * @param places of the columns among a record's fields
     * @param width how many fields a record has
     */
    CsvRowReader(CsvRecords records, CsvDialect dialect, List<FileColumn> columns, int[] places, int width) {
        this.records = records;
        this.dialect = dialect;
        this.columns = columns;
        this.places = places;
        this.width = width;
        this.parsers =
                columns.stream().map(column -> FieldParser.of(column.type())).toArray(FieldParser[]::new);
    }

    @Override
    public boolean next(FieldWriter tuple) throws IOException {
        CsvRecord record = records.next();
        while (record != null && record.isEmptyLine() && width > 1) {
            record = records.next();
        }
        if (record == null) {
            return false;
        }
        if (record.fields() != width) {
            throw MalformedRowException.at(
                    record.line(),
                    "a row of " + record.fields() + " fields, where there are " + width + " columns",
                    null);
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
            throw MalformedRowException.at(
                    record.line(),
                    "column " + columns.get(column).name() + ": not a value of "
                            + columns.get(column).type().notation(),
                    e);
        }
        tuple.endElement(began);
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
