package io.godwit.connector.mysql;

import io.godwit.connector.Connector;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.kit.RoundTripContract;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TypeSample;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.util.List;

class MySqlRoundTripContractTest extends RoundTripContract {
    private static final Connection FROM = MySqlServer.connection("round_trip_from");
    private static final Connection TO = MySqlServer.connection("round_trip_to");

    @Override
    protected List<TypeSample> samples() {
        return MySqlTypeSamples.all();
    }

    @Override
    protected Connector connector() {
        return new MariaDbConnector();
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
        return new MySqlSource(FROM, MySqlServer.secrets());
    }

    @Override
    protected Sink openSink() {
        return new MySqlSink(TO, MySqlServer.secrets());
    }

    @Override
    protected Source openSinkAsSource() {
        return new MySqlSource(TO, MySqlServer.secrets());
    }

    @Override
    protected void create(SampleTable sample) {
        MySqlTables.create(FROM.database(), sample);
    }

    @Override
    protected TableName tableName(String name) {
        return new TableName(FROM.database(), null, name);
    }
}
