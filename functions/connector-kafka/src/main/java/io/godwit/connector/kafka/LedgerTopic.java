package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.run.StepId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The ledger: a topic that keeps its records for ever. A step's lie in one partition, in the order in which they were
 * committed.
 *
 * <p>Reading a step goes to the partition's very end, past the last record that anybody has sent, committed or not: a
 * record behind an open transaction is waited for, not overlooked. Writers send theirs as the last thing before they
 * commit, so that such waits are short; whoever stops in between is ended.
 *
 * <p>It begins where the first record of the step can lie at the earliest: a day before the plan time, by the brokers'
 * clock. What was read once is remembered, by the id of the topic, and only what is new is read the next time.
 */
final class LedgerTopic {
    static final String NAME = "godwit-ledger";

    private static final Duration SLACK = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int MOST_REMEMBERED = 16;

    /** By cluster, topic and step: history, which never changes. */
    private static final Map<String, StepLedger> REMEMBERED = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StepLedger> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private final KafkaClients clients;
    private final KafkaErrors errors;
    private final Topics topics;
    private final CommittedRecords records;
    private final OpenTransactions open;

    LedgerTopic(KafkaClients clients, KafkaErrors errors, Topics topics, CommittedRecords records) {
        this.clients = clients;
        this.errors = errors;
        this.topics = topics;
        this.records = records;
        this.open = new OpenTransactions(clients);
    }

    static TopicPartition partition(StepId step) {
        return LastingTopic.partition(NAME, step);
    }

    static ProducerRecord<byte[], byte[]> record(StepId step, LedgerRecord record) {
        return new ProducerRecord<>(
                NAME, partition(step).partition(), step.value().getBytes(UTF_8), record.bytes());
    }

    /** Where the step's partition ends now. */
    long end(StepId step) {
        TopicPartition partition = partition(step);
        return topics.ends(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** The earliest moment of a step's first record. */
    static long since(StepId step) {
        return Math.max(0, step.run().planTime().minus(SLACK).toEpochMilli());
    }

    /** Reads all that the ledger says of the step now, and looks at it. */
    <T> T read(StepId step, Function<StepLedger, T> look) {
        return read(step, true, look);
    }

    /** Looks at what can be read without waiting for open transactions: what it says may be of a while ago. */
    <T> T glance(StepId step, Function<StepLedger, T> look) {
        return read(step, false, look);
    }

    /**
     * What came for the step between two offsets, at the second of which lies a record of a transaction of ours that is
     * open: only the true leader of the partition can have given it that offset.
     */
    List<LedgerRecord> between(StepId step, long from, long ours) {
        byte[] key = step.value().getBytes(UTF_8);
        List<LedgerRecord> came = new ArrayList<>();
        TopicPartition partition = partition(step);
        records.read(partition, from, ours, PATIENCE, at -> open.end(partition, at), record -> {
            if (Arrays.equals(key, record.key())) {
                came.add(parse(record.value()));
            }
        });
        return came;
    }

    private <T> T read(StepId step, boolean all, Function<StepLedger, T> look) {
        Optional<Topics.Topic> topic = topics.find(NAME);
        if (topic.isEmpty()) {
            return look.apply(new StepLedger());
        }
        StepLedger ledger;
        synchronized (REMEMBERED) {
            ledger = REMEMBERED.computeIfAbsent(
                    clients.cluster() + " " + topic.get().id() + " " + step, key -> new StepLedger());
        }
        refresh(step, ledger, all);
        synchronized (ledger) {
            return look.apply(ledger);
        }
    }

    /**
     * Reads on where the last reading ended. Several may do so at once, and none waits for another, for what one waits
     * for may be what another is about to end: each offers what it reads, in order, and what is known is passed over.
     */
    private void refresh(StepId step, StepLedger ledger, boolean all) {
        TopicPartition partition = partition(step);
        long next = next(step, ledger);
        long end = (all ? topics.ends(List.of(partition)) : topics.committedEnds(List.of(partition)))
                .getOrDefault(partition, 0L);
        if (!all) {
            // What was read once had been committed: a look that ends before it is one that comes too late.
            end = Math.max(end, next);
        }
        long begin = topics.begins(List.of(partition)).getOrDefault(partition, 0L);
        if (begin > next || end < next) {
            throw trimmed(step, partition);
        }
        byte[] key = step.value().getBytes(UTF_8);
        long read = records.read(partition, next, end, PATIENCE, at -> open.end(partition, at), record -> {
            LedgerRecord told = Arrays.equals(key, record.key()) ? parse(record.value()) : null;
            synchronized (ledger) {
                if (record.offset() >= ledger.next()) {
                    if (told != null) {
                        ledger.tell(told);
                    }
                    ledger.next(record.offset() + 1);
                }
            }
        });
        synchronized (ledger) {
            ledger.next(Math.max(read, ledger.next()));
            if (ledger.prepared().filter(prepared -> begin > prepared.first()).isPresent()) {
                throw trimmed(step, partition);
            }
        }
    }

    /** Where the reading goes on, or begins. */
    private long next(StepId step, StepLedger ledger) {
        synchronized (ledger) {
            if (ledger.next() >= 0) {
                return ledger.next();
            }
        }
        TopicPartition partition = partition(step);
        // First where it ends: what comes while the other question is asked is looked through, not passed over.
        long end = end(step);
        long first = topics.firstSince(partition, since(step));
        synchronized (ledger) {
            if (ledger.next() < 0) {
                ledger.next(first < 0 ? end : Math.min(first, end));
            }
            return ledger.next();
        }
    }

    private GodwitException trimmed(StepId step, TopicPartition partition) {
        return errors.error(
                ErrorCode.SINK_REFUSED,
                "records of the ledger are gone that step " + step + " needs: topic " + NAME + ", partition "
                        + partition.partition(),
                "What the step wrote is in its topics and cannot be told from what it has not. Start a new run into new"
                        + " topics, and give nobody else the right to delete records of " + NAME + ".");
    }

    private GodwitException unreadable(IOException e) {
        return new GodwitException(
                ErrorCode.SINK_REFUSED,
                "topic " + NAME + " has a record that is none of ours: " + e.getMessage(),
                "Let nobody else write there; a newer Godwit may have.",
                e);
    }

    private LedgerRecord parse(byte[] value) {
        try {
            return LedgerRecord.parse(value);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e instanceof IOException io ? io : new IOException(e));
        }
    }
}
