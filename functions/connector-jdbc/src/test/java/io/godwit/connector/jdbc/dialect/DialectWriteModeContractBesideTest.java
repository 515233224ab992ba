package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.kit.WriteModeContract;

class DialectWriteModeContractBesideTest extends WriteModeContract {
    DialectWriteModeContractBesideTest() {
        super(new PlainServer.Target(PlainServer.connection("dialect_write_mode_beside"), false));
    }
}
