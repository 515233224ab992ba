package io.godwit.connector.kafka;

import io.godwit.connector.kafka.avro.AvroField;
import java.util.List;

/**
 * The schema by which a step writes a topic of Avro, whatever order and whatever NULLs the columns of its tables have.
 *
 * @param id that the registry gave it
 * @param fields in its order
 */
record TopicSchema(int id, List<AvroField> fields) {
    TopicSchema {
        fields = List.copyOf(fields);
    }
}
