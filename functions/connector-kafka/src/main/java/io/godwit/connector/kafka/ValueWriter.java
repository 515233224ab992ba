package io.godwit.connector.kafka;

import io.godwit.core.row.TupleFields;

/** Makes messages' values of rows. Not safe for threads. */
@FunctionalInterface
interface ValueWriter {
    byte[] value(TupleFields row) throws RefusedRowException;
}
