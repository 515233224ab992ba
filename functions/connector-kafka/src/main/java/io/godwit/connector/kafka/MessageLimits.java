package io.godwit.connector.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;

/**
 * What a topic takes. It is looked at before a message is sent: one that a broker refuses takes its whole transaction
 * with it.
 */
final class MessageLimits {
    /** Codecs that need no library of the operating system, and what of a topic says that its broker uses them. */
    private static final Set<String> CODECS = Set.of("none", "gzip", "lz4");

    private static final String UNCOMPRESSED = "uncompressed";

    private final String topic;
    private final int most;
    private final boolean compacted;
    private final List<Compression> compressions = new ArrayList<>();

    /**
     * @param settings of the topic
     * @param compression of what is sent
     */
    MessageLimits(String topic, Map<String, String> settings, String compression) {
        this.topic = topic;
        this.most =
                Integer.parseInt(settings.getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "" + Integer.MAX_VALUE));
        this.compacted = Topics.isCompacted(settings);
        compressions.add(Compression.of(compression).build());
        // A broker may compress otherwise, and looks at what came of that once more.
        String again = settings.getOrDefault(TopicConfig.COMPRESSION_TYPE_CONFIG, "");
        String codec = again.equals(UNCOMPRESSED) ? "none" : again;
        if (CODECS.contains(codec) && !codec.equals(compression)) {
            compressions.add(Compression.of(codec).build());
        }
    }

    /** The bytes of the largest batch that the topic takes. */
    int most() {
        return most;
    }

    /** @param keyHasNull whether a column of the message's key is NULL */
    void require(ProducerRecord<byte[], byte[]> message, boolean keyHasNull) throws RefusedRowException {
        if (compacted && keyHasNull) {
            throw new RefusedRowException(
                    "INVALID_RECORD",
                    "a column of its key is NULL, and topic " + topic
                            + " is compacted: another row without one would take its place",
                    "Give option key columns that are never NULL, or mend the row.");
        }
        int uncompressed = AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                compressions.get(0).type(),
                message.key(),
                message.value(),
                message.headers().toArray());
        if (uncompressed > KafkaClients.MESSAGE_BYTES) {
            throw tooLarge(uncompressed, (KafkaClients.MESSAGE_BYTES >> 20) + " MiB is the most for a message");
        }
        // What cannot be compressed grows a little as it is tried.
        if (uncompressed + (uncompressed >> 9) + 128 > most) {
            for (Compression compression : compressions) {
                int alone = alone(message, compression);
                if (alone > most) {
                    throw tooLarge(alone, "topic " + topic + " takes " + most);
                }
            }
        }
    }

    /** The bytes of the batch that the message is where it is sent by itself: that is what brokers measure. */
    private static int alone(ProducerRecord<byte[], byte[]> message, Compression compression) {
        SimpleRecord record = new SimpleRecord(
                0, message.key(), message.value(), message.headers().toArray());
        return MemoryRecords.withTransactionalRecords(compression, 0, (short) 0, 0, record)
                .sizeInBytes();
    }

    private static RefusedRowException tooLarge(int bytes, String limit) {
        return new RefusedRowException(
                "MESSAGE_TOO_LARGE",
                "its message has " + bytes + " bytes, and " + limit,
                "Raise max.message.bytes of the topic, up to 16 MiB, or leave large columns out.");
    }
}
