package io.godwit.platform.kit;

import io.godwit.core.exchange.Lane;
import io.godwit.platform.exchange.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Where a lane begins, asked of Kafka until it is as wanted. */
public final class LaneOffsets {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private LaneOffsets() {}

    public static void awaitBeginning(Map<String, ?> connection, Lane lane, long offset) {
        TopicPartition partition = new TopicPartition(lane.topic(), lane.partition());
        long end = System.nanoTime() + DEADLINE.toNanos();
        long beginning = -1;
        try (Admin admin = Admin.create(KafkaSettings.admin(connection))) {
            while (System.nanoTime() < end) {
                beginning = admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                        .partitionResult(partition)
                        .get()
                        .offset();
                if (beginning == offset) {
                    return;
                }
            }
        } catch (Exception failed) {
            throw new AssertionError("no offsets of " + lane, failed);
        }
        throw new AssertionError(lane + " begins at " + beginning + " instead of " + offset);
    }
}
