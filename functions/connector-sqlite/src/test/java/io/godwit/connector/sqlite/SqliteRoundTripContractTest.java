package io.godwit.connector.sqlite;

import io.godwit.connector.Connector;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.kit.RoundTripContract;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TypeSample;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.util.List;

class SqliteRoundTripContractTest extends RoundTripContract {
    private static final Connection FROM = TestFiles.empty("round_trip_from");
    private static final Connection TO = TestFiles.empty("round_trip_to");

    @Override
    protected List<TypeSample> samples() {
        return SqliteTypeSamples.all();
    }

    @Override
    protected Connector connector() {
        return new SqliteConnector();
    }

    @Override
    protected Connection sourceConnection() {
        return FROM;
    }

    @Override
    protected Connection sinkConnection() {
        return TO;
    }

    @Override
    protected Source openSource() {
        return TestFiles.source(FROM);
    }

    @Override
    protected Sink openSink() {
        return TestFiles.sink(TO);
    }

    @Override
    protected Source openSinkAsSource() {
        return TestFiles.source(TO);
    }

    @Override
    protected void create(SampleTable sample) {
        SqliteTables.create(FROM.name(), sample);
    }

    @Override
    protected TableName tableName(String name) {
        return new TableName(FROM.database(), null, name);
    }
}
