package io.godwit.connector.kafka;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends transactions that hold back others' records in a ledger: those of writers that were stopped, or killed, between
 * their ledger record and their commit. Several steps have one partition, so that one such writer would hold up all of
 * them until its timeout.
 *
 * <p>Nothing can be lost by it: who is ended cannot commit, and its subtask is written again.
 */
final class OpenTransactions {
    /** What begins every transactional id of Godwit's sinks. */
    static final String IDS = "godwit/";

    private final KafkaClients clients;

    OpenTransactions(KafkaClients clients) {
        this.clients = clients;
    }

    /** Ends ours that are open in the partition since an offset up to {@code at}; does nothing where it may not. */
    void end(TopicPartition partition, long at) {
        try {
            List<Long> producers = KafkaErrors.get(clients.admin()
                            .describeProducers(List.of(partition))
                            .partitionResult(partition))
                    .activeProducers()
                    .stream()
                    .filter(producer -> holdsBack(producer, at))
                    .map(ProducerState::producerId)
                    .toList();
            if (producers.isEmpty()) {
                return;
            }
            List<String> ids = KafkaErrors.get(clients.admin()
                            .listTransactions(new ListTransactionsOptions().filterProducerIds(producers))
                            .all())
                    .stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith(IDS))
                    .toList();
            if (!ids.isEmpty()) {
                KafkaErrors.get(clients.admin().fenceProducers(ids).all());
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            // Not allowed, or out of reach: then its timeout ends it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean holdsBack(ProducerState producer, long at) {
        return producer.currentTransactionStartOffset().isPresent()
                && producer.currentTransactionStartOffset().getAsLong() <= at;
    }
}
