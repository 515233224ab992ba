package io.godwit.connector.file;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.file.format.MalformedRowException;
import io.godwit.connector.file.format.RowReader;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.codec.FieldWriter;
import java.io.IOException;
import java.time.Duration;

/** One reading of one split. Not safe for threads. */
final class FileReading {
    private static final int ROWS_PER_LOOK = 256;

    private final ReadRequest request;
    private final RowConsumer rows;
    private final FilePlaces places;
    private final long deadline;
    private final FieldWriter tuple = new FieldWriter();
    private long read;

    FileReading(ReadRequest request, RowConsumer rows, FilePlaces places) {
        this.request = request;
        this.rows = rows;
        this.places = places;
        Duration most = request.most();
        this.deadline = most == null ? Long.MAX_VALUE : System.nanoTime() + most.toNanos();
    }

    /** Hands over the rows of a file, or of a part that begins at {@code first}. */
    void read(StoredFile file, long first, RowReader reader) throws IOException {
        rows.placedBy(() -> places.of(file, first, reader.line()));
        while (next(reader, file, first)) {
            if (++read % ROWS_PER_LOOK == 0 && request.most() != null && System.nanoTime() > deadline) {
                throw new GodwitException(
                        ErrorCode.SUBTASK_TOO_LARGE,
                        "reading " + file.path() + " took longer than " + request.most(),
                        "It is split again.");
            }
        }
    }

    /** Hands the next row over, whatever it is; false at the end. */
    private boolean next(RowReader reader, StoredFile file, long first) throws IOException {
        tuple.clear();
        try {
            if (!reader.next(tuple)) {
                return false;
            }
        } catch (MalformedRowException e) {
            if (!e.isOne()) {
                throw places.malformed(e, file, first);
            }
            rows.malformed(malformed(e, places.of(file, first, e.line()), reader));
            return true;
        }
        if (tuple.length() > request.maxRowBytes()) {
            throw new GodwitException(
                    ErrorCode.ROW_TOO_LARGE,
                    file.path() + ": a row has more than " + request.maxRowBytes() + " bytes, which is the limit",
                    "Raise the limit for rows, or leave its large columns out.");
        }
        rows.row(tuple.array(), 0, tuple.length());
        return true;
    }

    private static MalformedRow malformed(MalformedRowException e, String place, RowReader reader) {
        String reason = String.valueOf(e.getMessage());
        byte[] raw = e.raw();
        return raw == null
                ? new MalformedRow(place, reason, FilePlaces.MEND)
                : new MalformedRow(place, reason, FilePlaces.MEND, raw, reader.context());
    }
}
