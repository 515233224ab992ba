package io.godwit.connector.file.store;

import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written. Closed without {@link #finish}, it is not there. */
public abstract class NewFile extends OutputStream {

    /** Ends the file; it outlives a loss of power from then on. */
    public abstract void finish() throws IOException;

    /** How many bytes were written. */
    public abstract long bytes();

    @Override
    public abstract void close() throws IOException;
}
