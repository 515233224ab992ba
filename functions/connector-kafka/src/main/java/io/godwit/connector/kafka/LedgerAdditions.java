package io.godwit.connector.kafka;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.run.StepId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What a subtask's transaction says to the ledger as the last thing before it commits, of one step or of two. */
final class LedgerAdditions {
    private final SinkClients sink;
    private final List<Addition> additions = new ArrayList<>();

    LedgerAdditions(SinkClients sink) {
        this.sink = sink;
    }

    private record Addition(StepId step, LedgerRecord record, long seen, Predicate<LedgerRecord> forbids) {
        int partition() {
            return LedgerTopic.partition(step).partition();
        }
    }

    /**
     * @param seen how far the ledger was read when it allowed this
     * @param forbids which records that came after that do not
     */
    void add(StepId step, LedgerRecord record, long seen, Predicate<LedgerRecord> forbids) {
        additions.add(new Addition(step, record, seen, forbids));
    }

    /**
     * Sends the records, and looks at what came before them.
     *
     * <p>The ledger may have been read at a broker that did not know yet that it leads a partition no more. The offset
     * of our own record is the true leader's: what lies before it is all there is. Of two transactions that say what
     * excludes each other, the later one waits here for the earlier one, and sees it.
     *
     * @throws io.godwit.core.error.GodwitException SINK_INTERRUPTED where something came that forbids it
     */
    void send(Producer<byte[], byte[]> producer, Duration most, String doing)
            throws ExecutionException, InterruptedException, TimeoutException {
        // Partition by partition, in one order for all: so no two wait for each other.
        additions.sort(Comparator.comparingInt(Addition::partition));
        for (int from = 0; from < additions.size(); ) {
            int partition = additions.get(from).partition();
            List<Addition> there = additions.stream()
                    .filter(addition -> addition.partition() == partition)
                    .toList();
            from += there.size();
            Future<RecordMetadata> first = send(producer, there);
            requireUnchanged(
                    there, first.get(most.toMillis(), TimeUnit.MILLISECONDS).offset(), doing);
        }
    }

    /** Tells of the first one. */
    private static Future<RecordMetadata> send(Producer<byte[], byte[]> producer, List<Addition> additions) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        additions.forEach(addition -> sent.add(producer.send(LedgerTopic.record(addition.step(), addition.record()))));
        producer.flush();
        return sent.get(0);
    }

    private void requireUnchanged(List<Addition> additions, long ours, String doing) {
        for (Addition addition : additions) {
            List<LedgerRecord> came = sink.ledger.between(addition.step(), addition.seen(), ours);
            if (came.stream().anyMatch(addition.forbids())) {
                throw sink.errors.error(
                        ErrorCode.SINK_INTERRUPTED,
                        doing + ": the ledger says more of step " + addition.step() + " than it did a moment ago",
                        "Nothing to do: it is tried again, and the ledger is believed.");
            }
        }
    }
}
