package io.godwit.connector.kafka;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.run.StepId;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/** A topic of Godwit's own that keeps its records for ever. Those of a step lie in one of its partitions. */
final class LastingTopic {
    /** Of these a step has one, whatever partitions are added later. */
    private static final int PARTITIONS = 8;

    private static final String FOR_EVER = "-1";

    private static final Map<String, String> SETTINGS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            FOR_EVER,
            TopicConfig.RETENTION_BYTES_CONFIG,
            FOR_EVER,
            // One clock, whoever writes.
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime");

    private LastingTopic() {}

    static NewTopic of(String name, Optional<Short> replication) {
        return new NewTopic(name, Optional.of(PARTITIONS), replication).configs(SETTINGS);
    }

    static TopicPartition partition(String name, StepId step) {
        return new TopicPartition(name, Math.floorMod(step.value().hashCode(), PARTITIONS));
    }

    /** One that forgets would let a subtask be written twice, or lose rows that were refused. */
    static void require(String name, Topics topics, KafkaErrors errors) {
        Map<String, String> settings = topics.settings(name);
        if (settings.isEmpty()) {
            throw errors.error(
                    ErrorCode.SINK_INTERRUPTED,
                    "a broker does not know topic " + name + " yet",
                    "It is tried again by itself.");
        }
        boolean lasting = SETTINGS.entrySet().stream()
                .allMatch(setting -> setting.getValue().equals(settings.get(setting.getKey())));
        if (!lasting || topics.find(name).map(Topics.Topic::partitions).orElse(0) < PARTITIONS) {
            throw errors.error(
                    ErrorCode.SINK_REFUSED,
                    "topic " + name + " is not one that keeps its records for ever",
                    "Give it " + PARTITIONS
                            + " partitions, cleanup.policy=delete, retention.ms=-1, retention.bytes=-1 and"
                            + " message.timestamp.type=LogAppendTime, or delete it while no run is under way.");
        }
    }
}
