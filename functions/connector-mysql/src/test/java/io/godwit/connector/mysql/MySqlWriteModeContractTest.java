package io.godwit.connector.mysql;

import io.godwit.connector.kit.WriteModeContract;

class MySqlWriteModeContractTest extends WriteModeContract {
    MySqlWriteModeContractTest() {
        super(new MySqlTestedSink(MySqlServer.connection("write_modes")));
    }
}
