package io.godwit.connector.file.format;

/**
 * Says where the records of a CSV file begin, by its bytes. A line end within quotes is part of a field, and whether a
 * place is within quotes depends on all that stands before it. The grammar is the reader's, as far as that goes: a
 * quote opens a field only at its beginning. Beyond it, a field goes on plainly after its closing quote, and a quote
 * that is not closed goes to the end: so that what no reader takes has bounds as well.
 */
abstract class CsvWalk {
    private final byte delimiter;
    private final byte quote;
    private State state = State.FIELD_BEGINS;
    private boolean carriageReturn;

    private enum State {
        FIELD_BEGINS,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    CsvWalk(CsvDialect dialect) {
        this.delimiter = (byte) dialect.delimiter();
        this.quote = (byte) dialect.quote();
    }

    /** A record ends before this place, and another begins, unless the file ends there. */
    abstract void recordBegins(long at);

    /**
     * Most bytes are neither of the four, and change nothing but that a field is plain: they are passed over at once.
     *
     * @param before where the buffer begins
     */
    final void look(byte[] buffer, int from, int to, long before) {
        for (int i = from; i < to; i++) {
            byte b = buffer[i];
            if (state == State.QUOTED) {
                while (b != quote && ++i < to) {
                    b = buffer[i];
                }
            } else if (state == State.PLAIN) {
                while (b != '\n' && b != '\r' && b != delimiter && ++i < to) {
                    b = buffer[i];
                }
            }
            if (i < to) {
                step(b, before + i);
            }
        }
    }

    final void step(byte b, long at) {
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
}
