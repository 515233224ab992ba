package io.godwit.connector.postgresql;

import io.godwit.connector.Connector;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.kit.RoundTripContract;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TypeSamples;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

class PostgresRoundTripContractTest extends RoundTripContract {
    private static final Database FROM = Database.of("round_trip_from");
    private static final Database TO = Database.of("round_trip_to");

    @BeforeAll
    static void makeTypes() throws SQLException {
        for (Database database : List.of(FROM, TO)) {
            database.run(TypeSamples.SETUP.toArray(new String[0]));
        }
    }

    @Override
    protected Connector connector() {
        return new PostgresConnector();
    }

    @Override
    protected Connection sourceConnection() {
        return FROM.connection();
    }

    @Override
    protected Connection sinkConnection() {
        return TO.connection();
    }

    @Override
    protected Source openSource() {
        return new PostgresSource(FROM.connection(), PostgresServer.secrets());
    }

    @Override
    protected Sink openSink() {
        return new PostgresSink(TO.connection(), PostgresServer.secrets());
    }

    @Override
    protected Source openSinkAsSource() {
        return new PostgresSource(TO.connection(), PostgresServer.secrets());
    }

    @Override
    protected void create(SampleTable sample) {
        PostgresTables.create(FROM.connection().database(), sample);
    }

    @Override
    protected TableName tableName(String name) {
        return new TableName(FROM.connection().database(), "kit", name);
    }
}
