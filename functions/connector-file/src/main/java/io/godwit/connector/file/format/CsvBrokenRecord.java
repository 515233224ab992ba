package io.godwit.connector.file.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Finds a record that the reader cannot take apart: its bytes, and where the next one begins. */
final class CsvBrokenRecord extends CsvWalk {
    private static final int BUFFER = 1 << 16;

    private final long wanted;
    private final long maxRowBytes;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private long number;
    private long begin;
    private long end = -1;
    private long lines;
    private byte before;

    /** @param number of the record, from 0 */
    CsvBrokenRecord(CsvDialect dialect, long number, long maxRowBytes) {
        super(dialect);
        this.wanted = number;
        this.maxRowBytes = maxRowBytes;
        this.begin = number == 0 ? 0 : -1;
    }

    /**
     * Looks for it in bytes that begin with a record.
     *
     * @param line at which these bytes begin, from 1
     * @throws MalformedRowException where it is larger than a row may be
     */
    CsvBrokenRecord in(InputStream in, long line) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long at = 0;
        for (int read = in.read(buffer); read >= 0 && end < 0; read = in.read(buffer)) {
            for (int i = 0; i < read && end < 0; i++, at++) {
                byte b = buffer[i];
                step(b, at);
                if (end >= 0 && at >= end) {
                    break;
                }
                lines += b == '\r' || (b == '\n' && before != '\r') ? 1 : 0;
                before = b;
                if (begin >= 0 && at >= begin) {
                    raw.write(b);
                    if (raw.size() > maxRowBytes) {
                        throw MalformedRowException.tooLarge(line, maxRowBytes);
                    }
                }
            }
        }
        return this;
    }

    @Override
    void recordBegins(long at) {
        number++;
        if (number == wanted) {
            begin = at;
        } else if (number == wanted + 1) {
            end = at;
        }
    }

    /** Without its line end. */
    byte[] raw() {
        byte[] bytes = raw.toByteArray();
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Where the next record begins in the bytes that were looked through; -1: there is none. */
    long end() {
        return end;
    }

    /** Lines before that. */
    long lines() {
        return lines;
    }
}
