package io.godwit.connector.mongodb;

import io.godwit.connector.file.ControlStoreServer;
import io.godwit.connector.kit.SinkContract;

class MongoSinkContractTest extends SinkContract {
    MongoSinkContractTest() {
        super(new CollectionSink());
    }

    @Override
    protected void crash() {
        ControlStoreServer.crash();
    }
}
