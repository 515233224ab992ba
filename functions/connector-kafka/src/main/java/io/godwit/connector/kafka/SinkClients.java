package io.godwit.connector.kafka;

import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;

/** What the parts of one use of a sink share. */
final class SinkClients implements AutoCloseable {
    final Connection connection;
    final KafkaOptions options;
    final KafkaErrors errors;
    final KafkaClients clients;
    final Topics topics;
    final CommittedRecords records;
    final LedgerTopic ledger;
    final QuarantineTopic quarantine;
    final KnownColumns known;
    final Registry registry;

    SinkClients(Connection connection, KafkaOptions options, SecretResolver secrets) {
        this.connection = connection;
        this.options = options;
        this.errors = new KafkaErrors(false, connection);
        this.clients = new KafkaClients(connection, options, secrets, errors);
        this.topics = new Topics(clients, errors);
        this.records = new CommittedRecords(clients, errors);
        this.ledger = new LedgerTopic(clients, errors, topics, records);
        this.quarantine = new QuarantineTopic(errors, topics, records, ledger);
        this.known = new KnownColumns(options.format(), errors, topics, records);
        this.registry = new Registry(options, secrets, errors);
    }

    @Override
    public void close() {
        clients.close();
    }
}
