package io.godwit.connector.postgresql;

import io.godwit.connector.kit.KeyModeContract;
import io.godwit.connector.kit.TestedSink;

class PostgresKeyModeContractTest extends KeyModeContract {
    private static final TestedSink SINK = new PostgresTestedSink(PostgresServer.connection("key_mode_contract"));

    PostgresKeyModeContractTest() {
        super(SINK);
    }
}
