package io.godwit.connector.kafka;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.json.JsonRow;
import io.godwit.connector.json.JsonRowException;
import io.godwit.core.type.codec.FieldWriter;
import java.util.List;

/** Makes tuples of messages' values. Not safe for threads. */
@FunctionalInterface
interface ValueReader {

    /** Writes one value as one tuple; what was written where it is none is to be cleared. */
    void read(byte[] value, FieldWriter tuple) throws Messages.UnreadableException;

    /** What values are in a topic. */
    @FunctionalInterface
    interface Form {
        /**
         * @param all the columns that stand in the values
         * @param wanted which, in the order of the tuples' fields
         */
        ValueReader of(List<JsonField> all, List<JsonField> wanted);
    }

    /** @param ours whether Godwit wrote the values */
    static Form json(boolean ours) {
        return (all, wanted) -> {
            JsonRow row = new JsonRow(all, wanted, ours);
            return (value, tuple) -> {
                try {
                    row.read(value, 0, value.length, tuple);
                } catch (JsonRowException e) {
                    throw new Messages.UnreadableException(String.valueOf(e.getMessage()), e);
                }
            };
        };
    }
}
