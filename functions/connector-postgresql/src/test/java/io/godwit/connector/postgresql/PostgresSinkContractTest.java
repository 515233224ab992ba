package io.godwit.connector.postgresql;

import io.godwit.connector.kit.SinkContract;
import io.godwit.connector.kit.TestedSink;

class PostgresSinkContractTest extends SinkContract {
    private static final TestedSink SINK = new PostgresTestedSink(PostgresServer.connection("sink_contract"));

    PostgresSinkContractTest() {
        super(SINK);
    }

    @Override
    protected void crash() {
        PostgresServer.crash();
    }
}
