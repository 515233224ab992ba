package io.godwit.connector.file.format.parquet;

import io.godwit.connector.file.format.FileContent;
import io.godwit.connector.file.store.UnfitFilesException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of one column of one group, in windows: all columns of a small group in one request to the store, those of
 * a large one each on its own.
 */
final class ChunkBytes extends InputStream {
    /** Of all columns of a group together. */
    private static final int MOST_HELD = 16 << 20;

    private static final int LEAST_WINDOW = 64 << 10;
    private static final int MOST_WINDOW = 4 << 20;

    private final FileContent file;
    private final long end;
    private final int most;
    /** Where in the file what follows the window begins. */
    private long next;

    private byte[] window = new byte[0];
    private int at;
    private int limit;

    private ChunkBytes(FileContent file, long first, long end, int most) {
        this.file = file;
        this.next = first;
        this.end = end;
        this.most = most;
    }

    /** A range of a file. */
    record Range(long first, long bytes) {
        long end() {
            return first + bytes;
        }
    }

    static List<ChunkBytes> open(FileContent file, List<Range> ranges) throws IOException {
        long first = ranges.stream().mapToLong(Range::first).min().orElse(0);
        long end = ranges.stream().mapToLong(Range::end).max().orElse(0);
        boolean atOnce = end - first <= MOST_HELD;
        byte[] all = atOnce ? read(file, first, (int) (end - first)) : new byte[0];
        int most = Math.min(MOST_WINDOW, Math.max(LEAST_WINDOW, MOST_HELD / Math.max(1, ranges.size())));
        List<ChunkBytes> chunks = new ArrayList<>();
        for (Range range : ranges) {
            ChunkBytes chunk = new ChunkBytes(file, range.first(), range.end(), most);
            if (atOnce) {
                chunk.window = all;
                chunk.at = (int) (range.first() - first);
                chunk.limit = chunk.at + (int) range.bytes();
                chunk.next = range.end();
            }
            chunks.add(chunk);
        }
        return chunks;
    }

    private static byte[] read(FileContent file, long first, int length) throws IOException {
        byte[] bytes = new byte[length];
        read(file, first, bytes, 0);
        return bytes;
    }

    /** Fills an array from a place on. */
    private static void read(FileContent file, long first, byte[] to, int from) throws IOException {
        int length = to.length - from;
        try (InputStream in = file.open(first, first + length)) {
            if (in.readNBytes(to, from, length) < length) {
                throw new UnfitFilesException(file.path() + " is cut off");
            }
        }
    }

    /** How many bytes there are still. */
    long left() {
        return limit - at + end - next;
    }

    /** Goes on behind so many bytes, which there must be. */
    void skip(int length) throws UnfitFilesException {
        require(length);
        int held = Math.min(length, limit - at);
        at += held;
        next += length - held;
    }

    private void require(int length) throws UnfitFilesException {
        if (length < 0 || length > left()) {
            throw new UnfitFilesException(file.path() + " is damaged: a page would have "
                    + Integer.toUnsignedString(length) + " bytes, where its column has " + left());
        }
    }

    /** So many bytes, which there must be. */
    byte[] take(int length) throws IOException {
        require(length);
        if (length <= limit - at) {
            at += length;
            return Arrays.copyOfRange(window, at - length, at);
        }
        int held = limit - at;
        byte[] bytes = Arrays.copyOfRange(window, at, at + length);
        at = limit;
        if (length - held >= most) {
            read(file, next, bytes, held);
            next += length - held;
        } else {
            fill();
            System.arraycopy(window, 0, bytes, held, length - held);
            at = length - held;
        }
        return bytes;
    }

    private void fill() throws IOException {
        int length = (int) Math.min(most, end - next);
        window = read(file, next, length);
        next += length;
        at = 0;
        limit = length;
    }

    @Override
    public int read() throws IOException {
        if (at == limit) {
            if (next == end) {
                return -1;
            }
            fill();
        }
        return window[at++] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == limit) {
            if (next == end) {
                return -1;
            }
            fill();
        }
        int taken = Math.min(length, limit - at);
        System.arraycopy(window, at, to, offset, taken);
        at += taken;
        return taken;
    }
}
