package io.godwit.connector.file.format;

import io.godwit.core.row.TupleFields;
import java.io.IOException;

/** Writes rows one by one. Not safe for threads. */
public interface RowWriter {

    void row(TupleFields tuple) throws IOException;

    /** Writes what is left, and leaves the stream open. */
    void finish() throws IOException;
}
