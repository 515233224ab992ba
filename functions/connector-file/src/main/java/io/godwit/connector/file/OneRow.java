package io.godwit.connector.file;

import io.godwit.connector.file.format.FileContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * A file of one row, in memory.
 *
 * @param header what stands before the row
 */
// The arrays are not copied: they cross one thread's stack.
@SuppressWarnings("ArrayRecordComponent")
record OneRow(byte[] header, byte[] row) implements FileContent {

    @Override
    public String path() {
        return "a kept row";
    }

    @Override
    public long bytes() {
        return header.length + (long) row.length;
    }

    @Override
    public boolean isCompressed() {
        return false;
    }

    @Override
    public InputStream open(long first, long end) {
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(header), new ByteArrayInputStream(row));
        try {
            all.skipNBytes(first);
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return all;
    }
}
