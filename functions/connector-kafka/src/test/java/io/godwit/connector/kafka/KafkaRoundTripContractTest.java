package io.godwit.connector.kafka;

import io.godwit.connector.Connector;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.kit.RoundTripContract;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TypeSample;
import io.godwit.connector.kit.TypeSamples;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableName;
import io.godwit.embedded.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From topics of one cluster, whose columns are known, into those of another, and back. */
class KafkaRoundTripContractTest extends RoundTripContract {
    private static final EmbeddedKafka OTHER = EmbeddedKafka.builder().start();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OTHER::close));
    }

    @Override
    protected List<TypeSample> samples() {
        return TypeSamples.all().stream()
                .map(sample -> new TypeSample(sample.type(), sample.type().notation(), sample.values()))
                .toList();
    }

    @Override
    protected Set<WriteMode> modes() {
        return KafkaTestedSink.MODES;
    }

    @Override
    protected Connector connector() {
        return new KafkaConnector();
    }

    @Override
    protected Connection sourceConnection() {
        return KafkaServer.connection(Map.of());
    }

    @Override
    protected Connection sinkConnection() {
        Connection here = sourceConnection();
        return new Connection(
                "other",
                here.type(),
                here.host(),
                OTHER.port(),
                here.database(),
                null,
                null,
                options(),
                here.limits(),
                here.pools());
    }

    /** What its topics are made of. */
    protected Map<String, String> options() {
        return Map.of();
    }

    @Override
    protected Source openSource() {
        return KafkaServer.source(sourceConnection());
    }

    @Override
    protected Sink openSink() {
        return KafkaServer.sink(sinkConnection());
    }

    @Override
    protected Source openSinkAsSource() {
        return KafkaServer.source(sinkConnection());
    }

    @Override
    protected void create(SampleTable sample) {
        KafkaServer.create(sample);
    }

    @Override
    protected TableName tableName(String name) {
        return new TableName("kafka", null, name);
    }
}
