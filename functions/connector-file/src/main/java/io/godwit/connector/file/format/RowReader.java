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
     * @throws MalformedRowException where the row is none. Where {@link MalformedRowException#isOne it is one}, the
     *     next call goes on with the row after it; what was written of the tuple means nothing
     */
    boolean next(FieldWriter tuple) throws IOException;

    /** What it takes to read a row of the file by itself: its header; empty where nothing. */
    default byte[] context() {
        return new byte[0];
    }

    /** The line at which the row that was read last begins, of the part, from 1. */
    long line();
}
