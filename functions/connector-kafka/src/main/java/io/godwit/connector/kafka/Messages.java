package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.godwit.connector.json.JsonField;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.value.TimestampValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Messages as tuples: the row in their values, and what stands around it. Not safe for threads. */
final class Messages {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** From the epoch of Java to that of the wire, 2000-01-01. */
    private static final long EPOCH_MILLIS = 946_684_800_000L;

    /** What a message has besides its value's keys. */
    enum Part {
        KEY("key"),
        VALUE("value"),
        HEADERS("headers"),
        PARTITION("partition"),
        OFFSET("offset"),
        TIMESTAMP("timestamp");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        LogicalType type() {
            return switch (this) {
                case KEY, VALUE -> Scalar.BYTEA;
                case HEADERS -> Scalar.JSON;
                case PARTITION -> Scalar.INT4;
                case OFFSET -> Scalar.INT8;
                case TIMESTAMP -> new Temporal(Temporal.Kind.TIMESTAMPTZ, 3);
            };
        }

        /** Those that a table has: of JSON, the value is its keys. */
        static List<Part> of(boolean raw) {
            return Arrays.stream(values()).filter(part -> raw || part != VALUE).toList();
        }

        /** The column's name: beside keys of JSON with a line before it, so that it meets few of them. */
        String column(boolean raw) {
            return raw ? word : "_" + word;
        }
    }

    private final boolean raw;
    private final ValueReader values;
    private final TupleFields fields;
    private final FieldWriter json = new FieldWriter();
    private final TupleBuilder tuple = new TupleBuilder();
    private final int[] places;
    private final Part[] parts;

    /** A message whose value is no row. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * @param metadata whether columns of JSON with the names of parts are those; else they are keys of the value
     * @param all the table's columns
     * @param wanted which, in the order of the tuples' fields
     * @param form of the values, where they are not bytes to us
     */
    Messages(boolean raw, boolean metadata, List<Column> all, List<Column> wanted, ValueReader.Form form) {
        this.raw = raw;
        Map<String, Part> known = new HashMap<>();
        if (raw || metadata) {
            Part.of(raw).forEach(part -> known.put(part.column(raw), part));
        }
        List<JsonField> inValue = new ArrayList<>();
        this.places = new int[wanted.size()];
        this.parts = new Part[wanted.size()];
        for (int i = 0; i < places.length; i++) {
            Column column = wanted.get(i);
            Part part = known.get(column.name());
            if (part != null) {
                parts[i] = part;
            } else {
                places[i] = inValue.size();
                inValue.add(new JsonField(column.name(), column.type()));
            }
        }
        List<JsonField> keys = all.stream()
                .filter(column -> !known.containsKey(column.name()))
                .map(column -> new JsonField(column.name(), column.type()))
                .toList();
        this.values = form.of(keys, inValue);
        this.fields = new TupleFields(inValue.size());
    }

    /** The message as a tuple, good until the next one. */
    TupleBuilder tuple(ConsumerRecord<byte[], byte[]> message) throws UnreadableException {
        if (!raw) {
            json.clear();
            byte @Nullable [] value = message.value();
            if (value == null) {
                throw new UnreadableException("a message without a value, which deletes its key", null);
            }
            values.read(value, json);
            fields.of(json.array(), 0, json.length());
        }
        tuple.begin(places.length);
        for (int i = 0; i < places.length; i++) {
            if (parts[i] != null) {
                tuple.field(part(parts[i], message));
            } else if (fields.isNull(places[i])) {
                tuple.nullField();
            } else {
                tuple.field(fields.bytes(), fields.offset(places[i]), fields.length(places[i]));
            }
        }
        return tuple;
    }

    private static byte @Nullable [] part(Part part, ConsumerRecord<byte[], byte[]> message)
            throws UnreadableException {
        return switch (part) {
            case KEY -> message.key();
            case VALUE -> message.value();
            case HEADERS -> headers(message);
            case PARTITION -> ByteBuffer.allocate(4).putInt(message.partition()).array();
            case OFFSET -> ByteBuffer.allocate(8).putLong(message.offset()).array();
            case TIMESTAMP -> moment(message.timestamp());
        };
    }

    /** A name may come several times, and a value is bytes: a list of pairs, values in Base64. */
    private static byte[] headers(ConsumerRecord<byte[], byte[]> message) {
        ArrayNode list = JSON.createArrayNode();
        for (Header header : message.headers()) {
            list.addObject().put("name", header.key()).put("value", header.value());
        }
        return list.toString().getBytes(UTF_8);
    }

    private static byte @Nullable [] moment(long millis) throws UnreadableException {
        if (millis == ConsumerRecord.NO_TIMESTAMP) {
            return null;
        }
        try {
            long micros = Math.multiplyExact(Math.subtractExact(millis, EPOCH_MILLIS), 1000L);
            if (micros >= TimestampValue.MIN_MICROS && micros <= TimestampValue.MAX_MICROS) {
                return ByteBuffer.allocate(8).putLong(micros).array();
            }
        } catch (ArithmeticException e) {
            // As far away as any that is out of range.
        }
        throw new UnreadableException("a timestamp that is not between 4714 BC and the year 294276", null);
    }
}
