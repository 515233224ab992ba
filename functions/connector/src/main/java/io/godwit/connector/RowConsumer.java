package io.godwit.connector;

/** Takes rows, one at a time. */
@FunctionalInterface
public interface RowConsumer {

    /**
     * One row as a COPY binary tuple: int16 number of fields; per field int32 length, or -1 for NULL, and its bytes.
     * The bytes are the callee's only until it returns.
     */
    void row(byte[] bytes, int offset, int length);
}
