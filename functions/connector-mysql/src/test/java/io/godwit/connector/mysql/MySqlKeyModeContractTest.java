package io.godwit.connector.mysql;

import io.godwit.connector.kit.KeyModeContract;

class MySqlKeyModeContractTest extends KeyModeContract {
    MySqlKeyModeContractTest() {
        super(new MySqlTestedSink(MySqlServer.connection("key_modes")));
    }

    @Override
    protected String indexedName() {
        return "name(100)";
    }
}
