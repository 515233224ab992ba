package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.kit.QuarantineContract;

class DialectQuarantineContractTest extends QuarantineContract {
    DialectQuarantineContractTest() {
        super(new PlainServer.Target(PlainServer.connection("dialect_quarantine"), true));
    }
}
