package io.godwit.connector.file.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;

/** The record that was read last: its fields side by side. One object serves all records of a file. */
final class CsvRecord extends AbstractBaseCsvCallbackHandler<CsvRecord> {
    private final long mostChars;
    private char[] text = new char[1024];
    private int length;
    private int[] ends = new int[16];
    private boolean[] quoted = new boolean[16];
    private int fields;
    private long line;
    private boolean empty;

    CsvRecord(long mostChars) {
        this.mostChars = mostChars;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        length = 0;
        fields = 0;
        empty = false;
    }

    @Override
    protected void handleField(int index, char[] from, int offset, int size, boolean isQuoted) {
        if ((long) length + size > mostChars) {
            throw new TooLarge();
        }
        if (length + size > text.length) {
            text = Arrays.copyOf(text, Math.max(length + size, 2 * text.length));
        }
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, 2 * fields);
            quoted = Arrays.copyOf(quoted, 2 * fields);
        }
        System.arraycopy(from, offset, text, length, size);
        length += size;
        ends[fields] = length;
        quoted[fields] = isQuoted;
        fields++;
    }

    @Override
    protected void handleEmpty() {
        empty = true;
    }

    @Override
    protected CsvRecord buildRecord() {
        if (empty || getRecordType() == RecordType.EMPTY) {
            empty = true;
            ends[0] = 0;
            quoted[0] = false;
            fields = 1;
        }
        return this;
    }

    /** Whether it is a line with nothing in it: a record of one NULL, or nothing at all. */
    boolean isEmptyLine() {
        return empty;
    }

    long line() {
        return line;
    }

    int fields() {
        return fields;
    }

    char[] text() {
        return text;
    }

    int offset(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    int length(int field) {
        return ends[field] - offset(field);
    }

    boolean isQuoted(int field) {
        return quoted[field];
    }

    /** The record as text that is read as the same record again. */
    String written(CsvDialect dialect) {
        StringBuilder written = new StringBuilder();
        String quote = String.valueOf(dialect.quote());
        for (int field = 0; field < fields; field++) {
            if (field > 0) {
                written.append(dialect.delimiter());
            }
            String value = string(field);
            written.append(quoted[field] ? quote + value.replace(quote, quote + quote) + quote : value);
        }
        return written.toString();
    }

    String string(int field) {
        return new String(text, offset(field), length(field));
    }

    /** The record is above the limit. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("a record is too large", null, false, false);
        }
    }
}
