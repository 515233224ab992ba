package io.godwit.connector.kafka;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * What is said of a step as a whole, one transaction after the other: each ends every other one of the step's that is
 * still open, then reads the ledger, then decides.
 */
final class StepTransactions {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int SETTLED_AT_ONCE = 1000;

    /** Subtasks of a step that one record names: some tens of KB. */
    private static final int MOST_NAMED = 1000;

    private final SinkClients sink;

    StepTransactions(SinkClients sink) {
        this.sink = sink;
    }

    /** The transactional id of whoever writes the subtask. */
    static String idOf(SubtaskId subtask) {
        return OpenTransactions.IDS + subtask;
    }

    /** Decides what to add to the ledger by what it says, and adds it. Nothing is added where nothing is decided. */
    void add(String doing, StepId step, Function<StepLedger, List<ProducerRecord<byte[], byte[]>>> decide) {
        String id = OpenTransactions.IDS + step;
        Turns.Turn turn = Turns.take(id, TIMEOUT, TIMEOUT);
        try {
            Producer<byte[], byte[]> producer = sink.clients.producer(id, TIMEOUT, KafkaClients.BATCH_BYTES);
            try {
                add(doing, step, producer, decide);
            } finally {
                producer.close(Duration.ZERO);
            }
        } finally {
            turn.close();
        }
    }

    private void add(
            String doing,
            StepId step,
            Producer<byte[], byte[]> producer,
            Function<StepLedger, List<ProducerRecord<byte[], byte[]>>> decide) {
        sink.errors.during(doing, () -> {
            producer.initTransactions();
            return true;
        });
        List<ProducerRecord<byte[], byte[]>> records = sink.ledger.read(step, decide);
        if (!records.isEmpty()) {
            sink.errors.during(doing, () -> {
                commit(producer, step, records);
                return true;
            });
        }
    }

    private void commit(Producer<byte[], byte[]> producer, StepId step, List<ProducerRecord<byte[], byte[]>> records)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(producer.send(record));
        }
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            RecordMetadata at = one.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (at.topic().equals(LedgerTopic.NAME) && at.timestamp() < LedgerTopic.since(step)) {
                producer.abortTransaction();
                throw tooEarly(step);
            }
        }
        producer.commitTransaction();
    }

    /** Whoever reads the ledger begins a day before the plan time. */
    private GodwitException tooEarly(StepId step) {
        return sink.errors.error(
                ErrorCode.NOT_SUPPORTED,
                "step " + step + " is planned for a time that is more than a day ahead of the brokers' clock",
                "Plan it for an earlier time, or set the brokers' clock.");
    }

    /**
     * Sees to it that whoever has begun to write one of the subtasks, and has not committed it yet, never will. Those
     * of this process are let finish.
     */
    void settle(String doing, List<SubtaskId> subtasks, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (SubtaskId subtask : subtasks) {
            Turns.await(
                    idOf(subtask),
                    KafkaSinkTransaction.STILL,
                    Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        for (int from = 0; from < subtasks.size(); from += SETTLED_AT_ONCE) {
            List<SubtaskId> some = subtasks.subList(from, Math.min(from + SETTLED_AT_ONCE, subtasks.size()));
            sink.errors.during(doing, () -> {
                List<String> begun = begun(some);
                return begun.isEmpty()
                        ? begun
                        : KafkaErrors.get(
                                sink.clients.admin().fenceProducers(begun).all());
            });
        }
    }

    /** Ids that somebody has used; who uses another one later reads the ledger after that. */
    private List<String> begun(List<SubtaskId> subtasks)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        List<String> ids = subtasks.stream().map(StepTransactions::idOf).toList();
        DescribeTransactionsResult answer = sink.clients.admin().describeTransactions(ids);
        List<String> begun = new ArrayList<>();
        for (String id : ids) {
            try {
                KafkaErrors.get(answer.description(id));
                begun.add(id);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                    throw e;
                }
            }
        }
        return begun;
    }

    /** The records that void these, or take the voids back. */
    static List<ProducerRecord<byte[], byte[]>> naming(
            StepId step, List<SubtaskId> subtasks, Function<List<String>, LedgerRecord> as) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<String> ids = subtasks.stream().map(SubtaskId::value).toList();
        for (int from = 0; from < ids.size(); from += MOST_NAMED) {
            records.add(LedgerTopic.record(step, as.apply(ids.subList(from, Math.min(from + MOST_NAMED, ids.size())))));
        }
        return records;
    }
}
