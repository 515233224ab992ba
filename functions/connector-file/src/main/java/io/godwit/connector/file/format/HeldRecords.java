package io.godwit.connector.file.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * A stream of CSV that can be taken up again where a record begins: the bytes of the record that is being read, and
 * what was read ahead of it, are held. So a stream that cannot be opened at a place, such as a compressed one, is read
 * once, however many of its records are broken.
 */
final class HeldRecords extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final CsvWalk walk;
    private final long maxRowBytes;
    /** Where records begin that were not let go, in the stream. */
    private final ArrayDeque<Long> begins = new ArrayDeque<>();

    private byte[] held = new byte[2 * BUFFER];
    private int limit;
    /** Where in what is held the reader is. */
    private int at;
    /** Where what is held begins in the stream. */
    private long offset;

    /** Records that the reader has taken, whose end need not have been seen yet. */
    private long taken;

    private long lines;
    private byte before;
    private boolean over;

    HeldRecords(InputStream in, CsvDialect dialect, long maxRowBytes) {
        this.in = in;
        this.maxRowBytes = maxRowBytes;
        this.walk = new CsvWalk(dialect) {
            @Override
            void recordBegins(long place) {
                begins.add(place);
            }
        };
        begins.add(0L);
    }

    /** The reader has a record, and needs it no more. */
    void taken() {
        taken++;
    }

    /** Lines before the record that is read next. */
    long lines() {
        return lines;
    }

    /**
     * Goes on behind the record after those that were taken, whatever is in it.
     *
     * @param line where it begins, for the error
     * @return its bytes, without the line end
     * @throws MalformedRowException where it is larger than a row may be
     */
    byte[] pass(long line) throws IOException {
        letGo();
        while (taken > 0 && !over) {
            fill();
            letGo();
        }
        while (begins.size() < 2 && !over) {
            if (limit - begin() > maxRowBytes) {
                throw MalformedRowException.tooLarge(line, maxRowBytes);
            }
            fill();
        }
        int begin = begin();
        if (begins.size() < 2) {
            begins.add(offset + limit); // the file ends with it
        }
        taken = 1;
        letGo();
        at = begin();
        int end = at;
        while (end > begin && (held[end - 1] == '\n' || held[end - 1] == '\r')) {
            end--;
        }
        if (end - begin > maxRowBytes) {
            throw MalformedRowException.tooLarge(line, maxRowBytes);
        }
        return Arrays.copyOfRange(held, begin, end);
    }

    /** Of the first record that was not let go, in what is held. */
    private int begin() {
        return (int) (begins.getFirst() - offset);
    }

    /** Of records that were taken and whose end was seen, nothing is needed. */
    private void letGo() {
        while (taken > 0 && begins.size() > 1) {
            int begin = begin();
            begins.removeFirst();
            count(begin, begin());
            taken--;
        }
    }

    private void count(int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = held[i];
            lines += b == '\r' || (b == '\n' && before != '\r') ? 1 : 0;
            before = b;
        }
    }

    private void fill() throws IOException {
        letGo();
        int begin = begin();
        if (limit + BUFFER > held.length) {
            byte[] to = limit - begin + BUFFER > held.length ? new byte[2 * held.length] : held;
            System.arraycopy(held, begin, to, 0, limit - begin);
            held = to;
            at -= begin;
            limit -= begin;
            offset += begin;
        }
        int read = in.read(held, limit, BUFFER);
        over = read < 0;
        if (read > 0) {
            walk.look(held, limit, limit + read, offset);
            limit += read;
        }
    }

    @Override
    public int read(byte[] to, int first, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == limit) {
            if (over) {
                return -1;
            }
            fill();
        }
        int read = Math.min(length, limit - at);
        System.arraycopy(held, at, to, first, read);
        at += read;
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
