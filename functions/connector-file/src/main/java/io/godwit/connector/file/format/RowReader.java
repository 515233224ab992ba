package io.godwit.connector.file.format;

import io.godwit.core.type.codec.FieldWriter;
import java.io.Closeable;
import java.io.IOException;

/** Reads rows one by one. Not safe for threads. */
public interface RowReader extends Closeable {

    /**
     * Writes the next row as one tuple.
     *
     * @return false at the end
     * @throws MalformedRowException where the row is none
     */
    boolean next(FieldWriter tuple) throws IOException;
}
