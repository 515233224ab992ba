package io.godwit.connector.file;

import io.godwit.connector.file.format.FileContent;
import io.godwit.connector.file.format.Format;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.StoredFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Files as their formats see them: what is compressed is not. */
final class Compression {
    static final String ENDING = ".gz";

    private static final int BUFFER = 1 << 16;

    private Compression() {}

    /** How names of files of a format may end. */
    static List<String> endings(Format format) {
        return format.endings().stream()
                .flatMap(ending -> format.isPacked() ? Stream.of(ending) : Stream.of(ending, ending + ENDING))
                .toList();
    }

    static boolean isCompressed(String path) {
        return path.endsWith(ENDING);
    }

    static FileContent content(FileStore store, StoredFile file) {
        boolean compressed = isCompressed(file.path());
        return new FileContent() {
            @Override
            public String path() {
                return file.path();
            }

            @Override
            public long bytes() {
                return file.bytes();
            }

            @Override
            public boolean isCompressed() {
                return compressed;
            }

            @Override
            public InputStream open(long first, long end) throws IOException {
                InputStream in = store.open(file.path(), first, (compressed ? Long.MAX_VALUE : end) - first);
                if (!compressed) {
                    return in;
                }
                try {
                    return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
                } catch (IOException e) {
                    in.close();
                    throw e;
                }
            }
        };
    }
}
