package io.godwit.connector.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Messages of Avro as everybody else writes and reads them: by Avro's own library. */
final class AvroMessages {
    private AvroMessages() {}

    static Schema schema(String fields) {
        return new Schema.Parser()
                .parse(("{'type': 'record', 'name': 'Order', 'namespace': 'shop', 'fields': [" + fields + "]}")
                        .replace('\'', '"'));
    }

    /** A message with these values of the schema's fields. */
    static byte[] value(int id, Schema schema, @Nullable Object... values) {
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void send(String topic, byte[]... values) {
        KafkaServer.send(Arrays.stream(values)
                .map(value -> new ProducerRecord<byte[], byte[]>(topic, 0, null, value))
                .toList());
    }

    /** The records of a topic's messages, each by the schema that it names. */
    static List<GenericRecord> records(String topic) {
        return KafkaServer.messages(topic).stream().map(AvroMessages::record).toList();
    }

    private static GenericRecord record(ConsumerRecord<byte[], byte[]> message) {
        ByteBuffer bytes = ByteBuffer.wrap(message.value());
        if (bytes.get() != 0) {
            throw new IllegalStateException("no magic byte");
        }
        Schema schema = RegistryServer.schema(bytes.getInt());
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(message.value(), 5, message.value().length - 5, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
