package io.godwit.connector.mysql;

import io.godwit.connector.kit.QuarantineContract;

class MySqlQuarantineContractTest extends QuarantineContract {
    MySqlQuarantineContractTest() {
        super(new MySqlTestedSink(MySqlServer.connection("quarantine")));
    }
}
