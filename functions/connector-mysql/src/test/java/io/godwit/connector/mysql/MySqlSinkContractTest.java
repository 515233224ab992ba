package io.godwit.connector.mysql;

import io.godwit.connector.kit.SinkContract;
import io.godwit.connector.kit.TestedSink;

class MySqlSinkContractTest extends SinkContract {
    private static final TestedSink SINK = new MySqlTestedSink(MySqlServer.connection("sink_contract"));

    MySqlSinkContractTest() {
        super(SINK);
    }

    @Override
    protected void crash() {
        MySqlServer.crash();
    }
}
