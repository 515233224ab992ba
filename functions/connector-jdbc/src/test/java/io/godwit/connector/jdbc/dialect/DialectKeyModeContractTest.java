package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.kit.KeyModeContract;

class DialectKeyModeContractTest extends KeyModeContract {
    DialectKeyModeContractTest() {
        super(new PlainServer.Target(PlainServer.connection("dialect_key_mode"), true));
    }
}
