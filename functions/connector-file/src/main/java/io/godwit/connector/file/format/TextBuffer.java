package io.godwit.connector.file.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text on its way out, as bytes of UTF-8. */
final class TextBuffer {
    private static final int FULL = 1 << 16;

    private byte[] bytes = new byte[FULL + 1024];
    private int length;

    /** Makes room for so many. */
    private void room(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max((long) length + more, 2L * bytes.length)));
        }
    }

    void add(char one) {
        room(1);
        bytes[length++] = (byte) one;
    }

    void add(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        add(utf8, 0, utf8.length);
    }

    void add(long number) {
        room(20);
        if (number == Long.MIN_VALUE) {
            add(Long.toString(number));
            return;
        }
        long left = number;
        if (left < 0) {
            bytes[length++] = '-';
            left = -left;
        }
        int digits = 1;
        for (long limit = 10; digits < 19 && left >= limit; limit *= 10) {
            digits++;
        }
        add(left, digits);
    }

    /** A number that is not negative, with zeros in front of it up to so many digits. */
    void add(long number, int digits) {
        room(digits);
        long left = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        length += digits;
    }

    int length() {
        return length;
    }

    /** Whether what was added from there on is this, byte by byte. */
    boolean endsWith(int from, byte[] word) {
        return Arrays.equals(bytes, from, length, word, 0, word.length);
    }

    /** Whether one of these characters was added from there on. */
    boolean hasAny(int from, boolean[] ascii) {
        for (int i = from; i < length; i++) {
            if (bytes[i] >= 0 && ascii[bytes[i]]) {
                return true;
            }
        }
        return false;
    }

    /** Puts what was added from there on in quotes, those within it doubled. */
    void quote(int from, char quote) {
        byte[] text = Arrays.copyOfRange(bytes, from, length);
        length = from;
        add(quote);
        for (byte b : text) {
            if (b == quote) {
                add(quote);
            }
            add((char) (b & 0xFF));
        }
        add(quote);
    }

    /** Whether it is time to write. */
    boolean isFull() {
        return length >= FULL;
    }

    /** Takes what there is, as text. */
    String take() {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        length = 0;
        return text;
    }

    void flush(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }
}
