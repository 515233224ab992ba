package io.godwit.connector.sqlite;

import io.godwit.connector.kit.SinkContract;
import io.godwit.core.job.Connection;

class SqliteSinkContractTest extends SinkContract {
    private static final Connection SINK = TestFiles.empty("sink_contract");

    SqliteSinkContractTest() {
        super(new SqliteTestedSink(SINK));
    }

    @Override
    protected void crash() {
        TestFiles.crash("sink_contract");
    }
}
