package io.godwit.connector.sqlite;

import io.godwit.connector.kit.WriteModeContract;

class SqliteWriteModeContractTest extends WriteModeContract {
    SqliteWriteModeContractTest() {
        super(new SqliteTestedSink(TestFiles.empty("write_mode")));
    }
}
