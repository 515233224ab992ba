package io.godwit.platform.exchange;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The exchange's topics: fixed, one per pool, a partition per lane. Nothing else may create them. */
public final class KafkaTopics {
    /**
     * What a topic of rows needs. Rows are deleted once written; retention only bounds what a stopped planner leaves.
     * Segments are the unit in which space is given back, and the last one of a lane is never.
     */
    public static final Map<String, String> SETTINGS = Map.of(
            "cleanup.policy",
            "delete",
            "compression.type",
            "producer",
            "max.message.bytes",
            Integer.toString((1 << 20) + 12),
            "retention.ms",
            Long.toString(7L * 24 * 3600 * 1000),
            "segment.bytes",
            Integer.toString(32 << 20),
            "file.delete.delay.ms",
            "1000");

    private static final String PREFIX = "godwit.rows.";

    /** How long the brokers may take to hear of a new topic. */
    private static final Duration LEADERS = Duration.ofSeconds(30);

    private static final long PAUSE_MILLIS = 20;

    private final Supplier<? extends Admin> admins;

    /** @param admins makes an admin client with the settings of {@link KafkaSettings#admin}, closed after each use */
    public KafkaTopics(Supplier<? extends Admin> admins) {
        this.admins = admins;
    }

    /** The topic of a pool's rows. */
    public static String ofRows(String pool) {
        return PREFIX + pool;
    }

    /**
     * Refuses a lane outside the topics of rows: a Kafka cluster has others too, which are nobody's here to read or
     * write.
     *
     * @throws GodwitException EVENT_MALFORMED
     */
    public static void requireOfRows(String topic) {
        if (!topic.startsWith(PREFIX)) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED,
                    "topic " + topic + " is none of Godwit's",
                    "Topics of rows begin with " + PREFIX + ".");
        }
    }

    /**
     * Sees to it that the topic is there with at least so many partitions. One that is there keeps its settings. Safe
     * against others who do the same.
     *
     * @param replication copies of each partition; -1: the cluster's default
     * @throws GodwitException EXCHANGE_UNREACHABLE
     */
    public void ensure(String topic, int partitions, short replication, Map<String, String> settings) {
        try (Admin admin = admins.get()) {
            try {
                int there = partitionsOf(admin, topic);
                if (there == 0) {
                    create(admin, new NewTopic(topic, partitions, replication).configs(settings));
                    awaitLeaders(admin, topic, 0, partitions);
                } else if (there < partitions) {
                    grow(admin, topic, partitions);
                    awaitLeaders(admin, topic, there, partitions);
                }
            } catch (ExecutionException refused) {
                throw unreachable(topic, String.valueOf(refused.getCause()), refused);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw unreachable(topic, "interrupted", interrupted);
            }
        }
    }

    /** 0 where there is no such topic. */
    private static int partitionsOf(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            TopicDescription there =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return there == null ? 0 : there.partitions().size();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw failed;
        }
    }

    private static void create(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
    }

    private static void grow(Admin admin, String topic, int partitions)
            throws ExecutionException, InterruptedException {
        try {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        } catch (ExecutionException failed) {
            // Somebody else was faster.
            if (!(failed.getCause() instanceof InvalidPartitionsException)) {
                throw failed;
            }
        }
    }

    /**
     * A partition without a leader refuses the first of several requests under way and may take the second, which then
     * stands before the first: no producer state is there yet to tell. So lanes are handed out with their leaders.
     */
    private static void awaitLeaders(Admin admin, String topic, int from, int to)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = from; partition < to; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + LEADERS.toNanos();
        while (true) {
            try {
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException failed) {
                // The broker that was asked has not heard of the topic yet; the client takes that for an answer.
                boolean unheard = failed.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unheard || System.nanoTime() > deadline) {
                    throw failed;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static GodwitException unreachable(String topic, String what, Exception cause) {
        return new GodwitException(
                ErrorCode.EXCHANGE_UNREACHABLE,
                "topic " + topic + " could not be made ready: " + what,
                "Check that Kafka runs, and that we may create topics in it.",
                cause);
    }
}
