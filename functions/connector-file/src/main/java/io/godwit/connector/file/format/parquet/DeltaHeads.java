package io.godwit.connector.file.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What values in delta encodings declare of themselves: readers make room for as many values as they say there are.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Encodings, DELTA_BINARY_PACKED</a>
 */
final class DeltaHeads {
    private static final int MOST_BLOCK = 1 << 16;

    private final byte[] page;
    private int at;

    private DeltaHeads(byte[] page, int at) {
        this.page = page;
        this.at = at;
    }

    /**
     * Looks at the values of a page.
     *
     * @param from where they begin
     * @param lists how many lists of numbers follow one another: a text's has one of prefixes, and one of lengths
     * @param most values there can be
     * @throws IOException or a RuntimeException where there would be more
     */
    static void check(byte[] page, int from, int lists, int most) throws IOException {
        DeltaHeads heads = new DeltaHeads(page, from);
        for (int i = 0; i < lists && from < page.length; i++) { // a page of NULLs may have none
            heads.list(most);
        }
    }

    /** Levels of a page of the first version, each with its length before it. */
    static int afterLevels(byte[] page, boolean repeated, boolean defined) {
        int at = 0;
        for (boolean there : new boolean[] {repeated, defined}) {
            if (there) {
                int length =
                        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
                at = Math.addExact(at + Integer.BYTES, length);
            }
        }
        return at;
    }

    private void list(int most) throws IOException {
        long block = number();
        long parts = number();
        long values = number();
        if (block <= 0 || block > MOST_BLOCK || parts <= 0 || parts > block || values < 0 || values > most) {
            throw new IOException("more values than there are");
        }
        number(); // the first value
        long each = block / parts;
        for (long left = values - 1; left > 0; ) {
            number(); // the least delta
            int widths = at;
            at = Math.addExact(at, (int) parts);
            for (int part = 0; part < parts && left > 0; part++) {
                at = Math.addExact(at, (int) ((page[widths + part] & 0xFF) * each / Byte.SIZE));
                left -= each;
            }
        }
    }

    /** Seven bits a byte, the lowest first. */
    private long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = page[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
