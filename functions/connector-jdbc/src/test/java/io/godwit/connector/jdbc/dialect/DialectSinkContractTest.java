package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.kit.SinkContract;

class DialectSinkContractTest extends SinkContract {
    DialectSinkContractTest() {
        super(new PlainServer.Target(PlainServer.connection("dialect_sink"), true));
    }

    @Override
    protected void crash() {
        PlainServer.crash();
    }
}
