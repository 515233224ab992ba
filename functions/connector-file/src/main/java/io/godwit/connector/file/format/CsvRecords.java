package io.godwit.connector.file.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The records of a part of a CSV file. A byte that is not of the file's encoding is an error, never a question mark.
 */
final class CsvRecords implements Closeable {
    private static final int LEAST_BUFFER = 1 << 16;
    private static final long MOST_BUFFER = 1 << 30;

    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private final CsvRecord record;
    private final long maxRowBytes;

    /** @param fromStart whether the part begins where the file does, and may have a byte order mark */
    CsvRecords(InputStream in, boolean fromStart, CsvDialect dialect, long maxRowBytes) throws IOException {
        this.maxRowBytes = maxRowBytes;
        this.record = new CsvRecord(maxRowBytes);
        InputStream text = fromStart ? withoutMark(in, dialect) : in;
        this.reader = CsvReader.builder()
                .fieldSeparator(dialect.delimiter())
                .quoteCharacter(dialect.quote())
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // counted by ourselves, with a message that says more
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false) // a file that was cut off
                .maxBufferSize((int) Math.min(Math.max(maxRowBytes, LEAST_BUFFER), MOST_BUFFER))
                .build(record, new DecodedInput(text, dialect.encoding()));
        this.records = reader.iterator();
    }

    /** The next record, or null at the end; the same object every time. */
    @Nullable
    CsvRecord next() throws IOException {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException e) {
            String message = String.valueOf(e.getMessage());
            if (e.getCause() instanceof CsvRecord.TooLarge
                    || message.contains("maximum buffer size")
                    || message.contains("exceed")) {
                throw MalformedRowException.tooLarge(record.line(), maxRowBytes);
            }
            throw MalformedRowException.at(record.line(), "no CSV: " + cause(e), e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException wrong) {
                throw MalformedRowException.at(record.line(), "bytes that are not of the file's encoding", wrong);
            }
            throw e.getCause();
        }
    }

    /** What is wrong, without what stands there. */
    private static String cause(CsvParseException e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null
                ? "a quoted field does not end as one, or a field is longer than a row may be"
                : cause.getClass().getSimpleName();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static InputStream withoutMark(InputStream in, CsvDialect dialect) throws IOException {
        if (!dialect.encoding().equals(StandardCharsets.UTF_8)) {
            return in;
        }
        PushbackInputStream text = new PushbackInputStream(in, 3);
        byte[] mark = text.readNBytes(3);
        boolean marked = mark.length == 3 && mark[0] == (byte) 0xEF && mark[1] == (byte) 0xBB && mark[2] == (byte) 0xBF;
        if (!marked) {
            text.unread(mark);
        }
        return text;
    }
}
