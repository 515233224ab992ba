package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.kit.WriteModeContract;

class DialectWriteModeContractTest extends WriteModeContract {
    DialectWriteModeContractTest() {
        super(new PlainServer.Target(PlainServer.connection("dialect_write_mode"), true));
    }
}
