package io.godwit.connector.http;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Finds where values of a JSON text begin and end, holding one of them at a time. It tells strings from brackets, no
 * more: whoever takes a value's bytes parses them.
 */
final class Scanner implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_BLANKS = 1 << 20;
    private static final int END = -1;
    /** How numbers, true, false and null begin. */
    private static final String SCALARS = "-0123456789tfn";

    private final InputStream in;
    private final long most;
    private byte[] bytes = new byte[BUFFER];
    private int begin;
    private int at;
    private int limit;
    private long before;

    /** @param most bytes that a value may have */
    Scanner(InputStream in, long most) {
        this.in = in;
        this.most = most;
    }

    /** A value is larger than it may be. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long most) {
            super("more than " + most + " bytes, which is the limit");
        }
    }

    /** The next character that is no blank, which stays where it is; -1 at the end. */
    int peek() throws IOException {
        for (int blanks = 0; blanks < MOST_BLANKS; blanks++) {
            begin = at;
            int next = look();
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            at++;
        }
        throw new UnfitAnswerException("a million blanks in a row");
    }

    /** Takes so many bytes, whatever they are. */
    void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            taken();
            at++;
        }
    }

    /** Takes this character. */
    void expect(char wanted) throws IOException {
        int next = peek();
        if (next != wanted) {
            throw next == END
                    ? new EOFException("the answer ends in the middle")
                    : new UnfitAnswerException("no JSON at byte " + position());
        }
        at++;
    }

    /** Takes this character, if it is there. */
    boolean takes(char wanted) throws IOException {
        boolean there = peek() == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    /**
     * Takes a value, of which {@link #bytes}, {@link #offset} and {@link #length} say where it lies until the next
     * call.
     */
    void value() throws IOException {
        int first = peek();
        if (first == '{' || first == '[') {
            nested();
        } else if (first == '"') {
            string();
        } else {
            scalar();
        }
    }

    private void nested() throws IOException {
        int depth = 0;
        do {
            int next = taken();
            if (next == '{' || next == '[') {
                depth++;
                at++;
            } else if (next == '}' || next == ']') {
                depth--;
                at++;
            } else if (next == '"') {
                string();
            } else {
                at++;
            }
        } while (depth > 0);
    }

    private void string() throws IOException {
        at++;
        for (int next = taken(); next != '"'; next = taken()) {
            at++;
            if (next == '\\') {
                taken();
                at++;
            }
        }
        at++;
    }

    private void scalar() throws IOException {
        if (SCALARS.indexOf(peek()) < 0) {
            expect(SCALARS.charAt(0)); // says that there is none
        }
        for (int next = look(); next != END && ",]}:\" \n\r\t".indexOf(next) < 0; next = look()) {
            at++;
        }
    }

    private int taken() throws IOException {
        int next = look();
        if (next == END) {
            throw new EOFException("the answer ends in the middle");
        }
        return next;
    }

    private int look() throws IOException {
        if (at - begin > most) {
            throw new TooLargeException(most);
        }
        return at < limit || fill() ? bytes[at] & 0xFF : END;
    }

    private boolean fill() throws IOException {
        if (begin > 0) {
            System.arraycopy(bytes, begin, bytes, 0, limit - begin);
            before += begin;
            at -= begin;
            limit -= begin;
            begin = 0;
        }
        if (limit == bytes.length) {
            if (limit > (1 << 30)) {
                throw new TooLargeException(1 << 30);
            }
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int read = in.read(bytes, limit, bytes.length - limit);
        limit += Math.max(read, 0);
        return read > 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return begin;
    }

    int length() {
        return at - begin;
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, begin, at);
    }

    /** Bytes before the next one. */
    long position() {
        return before + at;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
