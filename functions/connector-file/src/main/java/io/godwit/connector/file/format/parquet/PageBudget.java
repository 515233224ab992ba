package io.godwit.connector.file.format.parquet;

import io.godwit.connector.file.store.UnfitFilesException;

/** How many bytes the pages that are held at once may have: unpacked, and packed while they are being unpacked. */
final class PageBudget {
    private static final long MOST = 192L << 20;

    private final String path;
    private long held;

    PageBudget(String path) {
        this.path = path;
    }

    /** Before they are there. */
    void take(long bytes) throws UnfitFilesException {
        if (bytes < 0 || held + bytes > MOST) {
            throw new UnfitFilesException(path + ": pages of one group of rows would have more than " + MOST
                    + " bytes at once; write it with smaller pages, or read fewer columns");
        }
        held += bytes;
    }

    void release(long bytes) {
        held -= bytes;
    }
}
