package io.godwit.connector.file.store;

import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written. Closed without {@link #finish}, it is not there. */
public abstract class NewFile extends OutputStream {
    private long bytes;

    /** Adds bytes to the file. */
    protected abstract void append(byte[] from, int offset, int length) throws IOException;

    @Override
    public final void write(byte[] from, int offset, int length) throws IOException {
        append(from, offset, length);
        bytes += length;
    }

    @Override
    public final void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** How many bytes were written. */
    public final long bytes() {
        return bytes;
    }

    /** Ends the file; it outlives a loss of power from then on, where its place can say so. */
    public abstract void finish() throws IOException;

    @Override
    public abstract void close() throws IOException;
}
