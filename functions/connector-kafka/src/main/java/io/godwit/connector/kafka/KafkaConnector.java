package io.godwit.connector.kafka;

import io.godwit.connector.Connector;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.json.DeclaredTypes;
import io.godwit.connector.kafka.avro.AvroTypes;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Set;

/** A cluster of Kafka: its topics are the tables. */
public final class KafkaConnector implements Connector {

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public int defaultPort() {
        return 9092;
    }

    @Override
    public Set<String> options() {
        return KafkaOptions.NAMES;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return DeclaredTypes.ALL;
    }

    /** Whatever it is, it stays it: JSON has a form for every type. */
    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return new TargetType(type, inKey, type, type.notation(), null);
    }

    /** Avro has no place for some values. */
    @Override
    public TargetType targetType(Connection connection, LogicalType type, boolean inKey) {
        return KafkaOptions.of(connection).isAvro()
                ? new TargetType(type, inKey, type, AvroTypes.name(type), AvroTypes.refuses(type))
                : targetType(type, inKey);
    }

    @Override
    public Source source(Connection connection, Means means) {
        return new KafkaSource(connection, KafkaOptions.of(connection), means.secrets());
    }

    /** Its ledger lies in the cluster itself, beside the rows. */
    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        return new KafkaSink(connection, KafkaOptions.of(connection), means.secrets());
    }
}
