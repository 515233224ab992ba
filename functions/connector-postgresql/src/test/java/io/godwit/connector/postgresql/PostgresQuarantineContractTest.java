package io.godwit.connector.postgresql;

import io.godwit.connector.kit.QuarantineContract;

class PostgresQuarantineContractTest extends QuarantineContract {
    PostgresQuarantineContractTest() {
        super(new PostgresTestedSink(PostgresServer.connection("quarantine_contract")));
    }
}
