package io.godwit.connector.kafka.avro;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * That values of a schema end somewhere: one that has itself for a part goes as deep as its bytes want it. And that
 * they have not more parts than anybody means: a few records, each with two of the next, have a million millions, which
 * need no bytes at all where the last has none.
 */
final class SchemaDepth {
    /** Parts that every value has, whatever its bytes are. */
    private static final long MOST_PARTS = 100_000;

    private final Set<String> within = new HashSet<>();

    /** The parts of records that were gone through. */
    private final Map<String, Long> ended = new HashMap<>();

    void require(Schema schema) throws UnfitAvroException {
        parts(schema);
    }

    /** How many parts a value has at least, itself among them; those of lists, maps and unions come with bytes. */
    private long parts(Schema schema) throws UnfitAvroException {
        switch (schema.getType()) {
            case RECORD -> {
                return ofRecord(schema);
            }
            case ARRAY -> parts(schema.getElementType());
            case MAP -> parts(schema.getValueType());
            case UNION -> {
                for (Schema one : schema.getTypes()) {
                    parts(one);
                }
            }
            default -> {
                // has no parts
            }
        }
        return 1;
    }

    private long ofRecord(Schema record) throws UnfitAvroException {
        String name = record.getFullName();
        Long known = ended.get(name);
        if (known != null) {
            return known;
        }
        if (!within.add(name)) {
            throw new UnfitAvroException("a schema whose record " + record.getName() + " contains itself", null);
        }
        long parts = 1;
        for (Schema.Field field : record.getFields()) {
            parts += parts(field.schema());
            if (parts > MOST_PARTS) {
                throw new UnfitAvroException(
                        "a schema whose record " + record.getName() + " has more than " + MOST_PARTS + " parts", null);
            }
        }
        within.remove(name);
        ended.put(name, parts);
        return parts;
    }
}
