package io.godwit.connector.mongodb;

import io.godwit.connector.Connector;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.kit.RoundTripContract;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TypeSample;
import io.godwit.connector.kit.TypeSamples;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.util.List;
import java.util.Map;

class MongoRoundTripContractTest extends RoundTripContract {
    private final Collections from = new Collections(Map.of());
    private final Collections to = new Collections(Map.of());

    @Override
    protected List<TypeSample> samples() {
        return TypeSamples.all().stream()
                .map(sample -> new TypeSample(
                        sample.type(), Collections.LOGICAL + sample.type().notation(), sample.values()))
                .toList();
    }

    @Override
    protected Connector connector() {
        return new MongoConnector();
    }

    @Override
    protected Connection sourceConnection() {
        return from.connection();
    }

    @Override
    protected Connection sinkConnection() {
        return to.connection();
    }

    @Override
    protected Source openSource() {
        return Collections.source(from.connection());
    }

    @Override
    protected Sink openSink() {
        return Collections.sink(to.connection());
    }

    @Override
    protected Source openSinkAsSource() {
        return Collections.source(to.connection());
    }

    @Override
    protected void create(SampleTable sample) {
        from.create(sample);
    }

    @Override
    protected TableName tableName(String name) {
        return from.tableName(name);
    }
}
