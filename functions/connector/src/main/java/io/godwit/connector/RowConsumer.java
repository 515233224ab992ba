package io.godwit.connector;

import java.util.function.Supplier;

/** Takes rows, one at a time. */
@FunctionalInterface
public interface RowConsumer {

    /**
     * One row as a COPY binary tuple: int16 number of fields; per field int32 length, or -1 for NULL, and its bytes.
     * The bytes are the callee's only until it returns.
     */
    void row(byte[] bytes, int offset, int length);

    /**
     * Who can say where the row that was handed over last stands, for people: {@code people.csv, line 17}. A source of
     * rows without keys tells before it hands over the first one.
     */
    default void placedBy(Supplier<String> place) {}

    /**
     * A row that cannot be read. A source hands it over in its turn and reads on with the next one; whoever takes it
     * either keeps it, to be quarantined, or ends the reading.
     *
     * @throws io.godwit.core.error.GodwitException ROW_NOT_CONVERTIBLE where it is not allowed: always, by default
     */
    default void malformed(MalformedRow row) {
        throw row.error();
    }
}
