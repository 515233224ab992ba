package io.godwit.connector.file;

import io.godwit.connector.file.format.Format;
import io.godwit.connector.file.format.MalformedRowException;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;

/** Where rows stand in the files of a source, for people; and errors that say so. */
final class FilePlaces {
    /** What to do about a row that is none. */
    static final String MEND = "Mend the row, declare the table's columns in a " + Manifest.SCHEMA
            + " beside it, or allow the job a quarantine.";

    private final Connection connection;
    private final Format format;

    FilePlaces(Connection connection, Format format) {
        this.connection = connection;
        this.format = format;
    }

    /**
     * {@code people.csv, line 17}; {@code people.csv, line 17 after byte 1048576} in a part that does not begin the
     * file: the lines before it are never counted, as there may be hundreds of gigabytes of them. Or {@code row}, of
     * formats without lines, whose rows are counted in the file.
     *
     * @param first where the part begins
     * @param at the line of the part, or the row, from 1
     */
    String of(StoredFile file, long first, long at) {
        if (format.unit() == Format.Unit.ROW) {
            return file.path() + ", row " + at;
        }
        return file.path() + ", line " + at + (first > 0 ? " after byte " + first : "");
    }

    /** Of a row that ends the reading of a part that begins at {@code first}. */
    GodwitException malformed(MalformedRowException e, StoredFile file, long first) {
        String place = of(file, first, e.line());
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
