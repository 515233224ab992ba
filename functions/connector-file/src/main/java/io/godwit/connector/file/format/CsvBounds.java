package io.godwit.connector.file.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds bounds between the records of a CSV file. A line end within quotes is part of a field, and whether a place is
 * within quotes depends on all that stands before it: so the file is read once, by bytes, with the grammar of the
 * reader. A quote opens a field only at its beginning.
 */
final class CsvBounds {
    private static final int BUFFER = 1 << 18;

    private final byte delimiter;
    private final byte quote;
    private final long bytesEach;
    private final List<Long> bounds = new ArrayList<>();
    private State state = State.FIELD_BEGINS;
    private boolean carriageReturn;

    private enum State {
        FIELD_BEGINS,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    /** @param first where the bytes begin in their file, between two records */
    CsvBounds(CsvDialect dialect, long first, long bytesEach) {
        bounds.add(first);
        this.delimiter = (byte) dialect.delimiter();
        this.quote = (byte) dialect.quote();
        this.bytesEach = bytesEach;
    }

    List<Long> of(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long before = bounds.get(0);
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            look(buffer, read, before);
            before += read;
        }
        long last = bounds.get(bounds.size() - 1);
        if (bounds.size() > 1 && last >= before) {
            bounds.remove(bounds.size() - 1);
        }
        return bounds;
    }

    /**
     * Most bytes are neither of the four, and change nothing but that a field is plain: they are passed over at once.
     */
    private void look(byte[] buffer, int count, long before) {
        for (int i = 0; i < count; i++) {
            byte b = buffer[i];
            if (state == State.QUOTED) {
                while (b != quote && ++i < count) {
                    b = buffer[i];
                }
            } else if (state == State.PLAIN) {
                while (b != '\n' && b != '\r' && b != delimiter && ++i < count) {
                    b = buffer[i];
                }
            }
            if (i < count) {
                step(b, before + i);
            }
        }
    }

    private void step(byte b, long at) {
        if (carriageReturn) {
            carriageReturn = false;
            if (b == '\n') {
                recordBegins(at + 1);
                return;
            }
            recordBegins(at);
        }
        if (state == State.QUOTED) {
            state = b == quote ? State.QUOTE_IN_QUOTED : State.QUOTED;
        } else if (b == quote && state != State.PLAIN) {
            state = State.QUOTED; // opens, or is doubled
        } else if (b == delimiter) {
            state = State.FIELD_BEGINS;
        } else if (b == '\n') {
            state = State.FIELD_BEGINS;
            recordBegins(at + 1);
        } else if (b == '\r') {
            state = State.FIELD_BEGINS;
            carriageReturn = true;
        } else {
            state = State.PLAIN;
        }
    }

    private void recordBegins(long at) {
        if (at - bounds.get(bounds.size() - 1) >= bytesEach) {
            bounds.add(at);
        }
    }
}
