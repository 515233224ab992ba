package io.godwit.connector.mongodb;

import io.godwit.connector.kit.KeptRowsContract;

class MongoKeptRowsContractTest extends KeptRowsContract {
    MongoKeptRowsContractTest() {
        super(new CollectionSink());
    }
}
