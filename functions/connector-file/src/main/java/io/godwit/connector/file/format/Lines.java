package io.godwit.connector.file.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, as bytes, without their ends. One array serves all of them, and grows with the longest. */
final class Lines implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final long maxBytes;
    private byte[] bytes = new byte[BUFFER];
    private int begin;
    private int end;
    private int limit;
    private long number;
    private boolean over;

    Lines(InputStream in, long maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        begin = number == 0 ? 0 : Math.min(end + 1, limit);
        number++;
        int at = begin;
        while (true) {
            for (; at < limit; at++) {
                if (bytes[at] == '\n') {
                    end = at;
                    return true;
                }
            }
            if (over) {
                end = limit;
                return begin < limit;
            }
            if (limit - begin > maxBytes) {
                throw MalformedRowException.tooLarge(number, maxBytes);
            }
            at -= begin;
            fill();
            at += begin;
        }
    }

    private void fill() throws IOException {
        if (begin > 0) {
            System.arraycopy(bytes, begin, bytes, 0, limit - begin);
            limit -= begin;
            begin = 0;
        }
        if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int read = in.read(bytes, limit, bytes.length - limit);
        over = read < 0;
        limit += Math.max(read, 0);
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return begin;
    }

    int length() {
        return end - begin;
    }

    /** Of the line, from 1. */
    long number() {
        return number;
    }

    boolean isBlank() {
        for (int i = begin; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
