package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.kit.SourceContract;

class DialectSourceContractTest extends SourceContract {
    DialectSourceContractTest() {
        super(new PlainServer.Origin(PlainServer.connection("dialect_source")));
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }

    @Override
    protected int mostColumns() {
        return 1600;
    }
}
