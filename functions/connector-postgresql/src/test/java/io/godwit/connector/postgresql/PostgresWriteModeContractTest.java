package io.godwit.connector.postgresql;

import io.godwit.connector.kit.TestedSink;
import io.godwit.connector.kit.WriteModeContract;

class PostgresWriteModeContractTest extends WriteModeContract {
    private static final TestedSink SINK = new PostgresTestedSink(PostgresServer.connection("write_mode_contract"));

    PostgresWriteModeContractTest() {
        super(SINK);
    }
}
