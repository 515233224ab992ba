package io.godwit.connector.http;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.json.JsonRow;
import io.godwit.connector.json.JsonRowException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.type.codec.FieldWriter;

/** What becomes of elements of a list: tuples, or malformed rows. */
final class RowConversion {
    private final TableReading reading;
    private final JsonRow row;
    private final HttpErrors errors;
    private final long maxRowBytes;
    private final RowConsumer rows;
    private final FieldWriter tuple = new FieldWriter();
    private long count;

    RowConversion(TableReading reading, JsonRow row, HttpErrors errors, long maxRowBytes, RowConsumer rows) {
        this.reading = reading;
        this.row = row;
        this.errors = errors;
        this.maxRowBytes = maxRowBytes;
        this.rows = rows;
    }

    void row(Page page, Scanner at, long index) {
        count++;
        tuple.clear();
        try {
            row.read(at.bytes(), at.offset(), at.length(), tuple);
        } catch (JsonRowException e) {
            rows.malformed(new MalformedRow(
                    errors.place(reading.place(page, index)),
                    String.valueOf(e.getMessage()),
                    "Declare the table's columns in option tables, or have the interface mended.",
                    at.copy()));
            return;
        }
        if (tuple.length() > maxRowBytes) {
            throw errors.error(
                    ErrorCode.ROW_TOO_LARGE,
                    reading.place(page, index) + ": a row has more than " + maxRowBytes + " bytes, which is the limit",
                    "Raise the limit for rows, or leave its large columns out.",
                    null);
        }
        rows.row(tuple.array(), 0, tuple.length());
    }

    /** Rows so far. */
    long count() {
        return count;
    }
}
