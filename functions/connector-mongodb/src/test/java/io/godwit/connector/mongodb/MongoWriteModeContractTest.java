package io.godwit.connector.mongodb;

import io.godwit.connector.kit.WriteModeContract;

class MongoWriteModeContractTest extends WriteModeContract {
    MongoWriteModeContractTest() {
        super(new CollectionSink());
    }
}
