package io.godwit.connector.sqlite;

import io.godwit.connector.kit.KeyModeContract;

class SqliteKeyModeContractTest extends KeyModeContract {
    SqliteKeyModeContractTest() {
        super(new SqliteTestedSink(TestFiles.empty("key_mode")));
    }
}
