package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.kit.SinkContract;

class DialectSinkContractBesideTest extends SinkContract {
    DialectSinkContractBesideTest() {
        super(new PlainServer.Target(PlainServer.connection("dialect_sink_beside"), false));
    }

    @Override
    protected void crash() {
        PlainServer.crash();
    }
}
