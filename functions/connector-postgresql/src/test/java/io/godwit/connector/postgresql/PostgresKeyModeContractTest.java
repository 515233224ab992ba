package io.godwit.connector.postgresql;

import io.godwit.connector.kit.TestedSink;
import io.godwit.connector.kit.KeyModeContract;

class PostgresKeyModeContractTest extends KeyModeContract {
    private static final TestedSink SINK = new PostgresTestedSink(PostgresServer.connection("key_mode_contract"));

    PostgresKeyModeContractTest() {
        super(SINK);
    }
}
