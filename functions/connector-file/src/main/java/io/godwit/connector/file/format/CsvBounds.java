package io.godwit.connector.file.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Finds bounds between the records of a CSV file, which is read once for that. */
final class CsvBounds extends CsvWalk {
    private static final int BUFFER = 1 << 18;

    private final long bytesEach;
    private final List<Long> bounds = new ArrayList<>();

    /** @param first where the bytes begin in their file, between two records */
    CsvBounds(CsvDialect dialect, long first, long bytesEach) {
        super(dialect);
        bounds.add(first);
        this.bytesEach = bytesEach;
    }

    List<Long> of(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long before = bounds.get(0);
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            look(buffer, 0, read, before);
            before += read;
        }
        long last = bounds.get(bounds.size() - 1);
        if (bounds.size() > 1 && last >= before) {
            bounds.remove(bounds.size() - 1);
        }
        return bounds;
    }

    @Override
    void recordBegins(long at) {
        if (at - bounds.get(bounds.size() - 1) >= bytesEach) {
            bounds.add(at);
        }
    }
}
