package io.godwit.connector.file.format;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one file, as they are once they are decompressed. */
public interface FileContent {

    /** For messages. */
    String path();

    /** How many bytes there are; those on the disk, where it is compressed. */
    long bytes();

    /** Whether it can be read from its beginning only. */
    boolean isCompressed();

    /**
     * The bytes from {@code first} on.
     *
     * @param first 0 where the file is compressed
     * @param end where to stop, exclusive; {@link Long#MAX_VALUE}: at the end
     */
    InputStream open(long first, long end) throws IOException;
}
