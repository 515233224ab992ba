package io.godwit.connector.kafka;

import io.godwit.core.table.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the cluster says of its topics. */
final class Topics {
    /** What is Godwit's own: ledgers, and the exchange where it lies in the same cluster. */
    private static final List<String> OWN = List.of("godwit-", "godwit.");

    private final KafkaClients clients;
    private final KafkaErrors errors;

    Topics(KafkaClients clients, KafkaErrors errors) {
        this.clients = clients;
        this.errors = errors;
    }

    /** One topic, as it is now. */
    record Topic(String name, String id, int partitions) {

        List<TopicPartition> all() {
            return IntStream.range(0, partitions)
                    .mapToObj(number -> new TopicPartition(name, number))
                    .toList();
        }
    }

    /** The name of a table's topic: a table has no schema here. */
    static String name(TableName table) {
        return table.schema() == null ? table.name() : table.schema() + "." + table.name();
    }

    /** Whether it is none of a user's. */
    static boolean isOwn(String topic) {
        return topic.startsWith("__") || OWN.stream().anyMatch(topic::startsWith);
    }

    /** The topics of users, in the order of their names. */
    List<String> names() {
        return errors.during(
                "listing topics",
                () -> KafkaErrors.get(clients.admin().listTopics().names()).stream()
                        .filter(name -> !isOwn(name))
                        .sorted()
                        .toList());
    }

    /** Those that exist, by name. */
    Map<String, Topic> find(Collection<String> names) {
        return errors.during("looking for topics", () -> {
            Map<String, KafkaFuture<TopicDescription>> answers =
                    clients.admin().describeTopics(names).topicNameValues();
            Map<String, Topic> found = new TreeMap<>();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
                describe(answer.getValue()).ifPresent(topic -> found.put(answer.getKey(), topic));
            }
            return found;
        });
    }

    Optional<Topic> find(String name) {
        return Optional.ofNullable(find(List.of(name)).get(name));
    }

    private static Optional<Topic> describe(KafkaFuture<TopicDescription> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            TopicDescription topic = KafkaErrors.get(answer);
            Uuid id = topic.topicId();
            return Optional.of(
                    new Topic(topic.name(), id.toString(), topic.partitions().size()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof InvalidTopicException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The first offset that is still there, of each partition. */
    Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Where the records end that no open transaction holds back. */
    Map<TopicPartition, Long> committedEnds(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /** Where all records end, those of open transactions too. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** The first offset at or after a moment; -1 where there is none. */
    long firstSince(TopicPartition partition, long millis) {
        return offsets(List.of(partition), OffsetSpec.forTimestamp(millis), IsolationLevel.READ_UNCOMMITTED)
                .getOrDefault(partition, -1L);
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec which, IsolationLevel level) {
        return errors.during("asking for offsets", () -> {
            Map<TopicPartition, OffsetSpec> question =
                    partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
            Map<TopicPartition, ListOffsetsResultInfo> answer = KafkaErrors.get(clients.admin()
                    .listOffsets(question, new ListOffsetsOptions(level))
                    .all());
            return answer.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, offset -> offset.getValue().offset()));
        });
    }

    /** What each partition of some topics takes on a disk, one copy counted; empty where we may not ask. */
    Map<TopicPartition, Long> bytes(Collection<String> names) {
        Map<TopicPartition, Long> bytes = new java.util.HashMap<>();
        try {
            List<Integer> brokers = KafkaErrors.get(
                            clients.admin().describeCluster().nodes())
                    .stream()
                    .map(node -> node.id())
                    .toList();
            KafkaErrors.get(clients.admin().describeLogDirs(brokers).allDescriptions())
                    .values()
                    .forEach(broker -> broker.values()
                            .forEach(directory -> directory.replicaInfos().forEach((partition, replica) -> {
                                if (names.contains(partition.topic())) {
                                    bytes.merge(partition, replica.size(), Math::max);
                                }
                            })));
        } catch (ExecutionException | TimeoutException e) {
            return Map.of(); // a right that readers need not have
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
        return bytes;
    }

    /** Whether a record may go because a later one has its key. */
    boolean isCompacted(String topic) {
        return isCompacted(settings(topic));
    }

    /** Likewise, of a topic with these settings. */
    static boolean isCompacted(Map<String, String> settings) {
        return settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "")
                .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
    }

    /** The settings of a topic, those that it has from its brokers too; none of one that does not exist. */
    Map<String, String> settings(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return errors.during("asking for settings of " + topic, () -> {
            Map<String, String> settings = new TreeMap<>();
            try {
                KafkaErrors.get(clients.admin()
                                .describeConfigs(List.of(resource))
                                .all())
                        .values()
                        .forEach(config -> config.entries().forEach(entry -> {
                            if (entry.value() != null) {
                                settings.put(entry.name(), entry.value());
                            }
                        }));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
            return settings;
        });
    }
}
