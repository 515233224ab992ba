package io.godwit.connector.file;

import io.godwit.connector.file.format.Format;
import io.godwit.connector.file.format.MalformedRowException;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.io.IOException;
import java.io.InputStream;

/** Where rows stand in the files of a source, for people; and errors that say so. */
final class FilePlaces {
    /** What to do about a row that is none. */
    static final String MEND = "Mend the row, declare the table's columns in a " + Manifest.SCHEMA
            + " beside it, or allow the job a quarantine.";

    private final Connection connection;
    private final FileStore store;
    private final Format format;

    FilePlaces(Connection connection, FileStore store, Format format) {
        this.connection = connection;
        this.store = store;
        this.format = format;
    }

    /** {@code people.csv, line 17}; or {@code row}, of formats without lines. */
    String of(StoredFile file, long at) {
        return file.path() + (format.unit() == Format.Unit.LINE ? ", line " : ", row ") + at;
    }

    /** Lines before a part that begins there; 0 of formats without lines, whose rows are counted in the file. */
    long linesBefore(StoredFile file, long first) throws IOException {
        long before = 0;
        if (first > 0 && format.unit() == Format.Unit.LINE) {
            try (InputStream in = store.open(file.path(), 0, first)) {
                byte[] buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    for (int i = 0; i < read; i++) {
                        before += buffer[i] == '\n' ? 1 : 0;
                    }
                }
            }
        }
        return before;
    }

    /** Of a row that ends the reading of a part that begins at {@code first}. */
    GodwitException malformed(MalformedRowException e, StoredFile file, long first) throws IOException {
        String place = of(file, linesBefore(file, first) + e.line());
        if (e.isTooLarge()) {
            return new GodwitException(
                    ErrorCode.ROW_TOO_LARGE,
                    place + ": " + e.getMessage(),
                    "Raise the limit for rows, or mend the file.",
                    e);
        }
        return new GodwitException(
                ErrorCode.ROW_NOT_CONVERTIBLE,
                "connection " + connection.name() + ": " + place + ": " + e.getMessage(),
                MEND,
                e);
    }
}
