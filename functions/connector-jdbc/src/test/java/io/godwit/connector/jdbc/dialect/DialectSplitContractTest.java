package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.kit.SplitContract;

class DialectSplitContractTest extends SplitContract {
    DialectSplitContractTest() {
        super(new PlainServer.Origin(PlainServer.connection("dialect_split")));
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }
}
