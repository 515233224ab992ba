package io.godwit.connector.sqlite;

import io.godwit.connector.kit.QuarantineContract;

class SqliteQuarantineContractTest extends QuarantineContract {
    SqliteQuarantineContractTest() {
        super(new SqliteTestedSink(TestFiles.empty("quarantine")));
    }
}
