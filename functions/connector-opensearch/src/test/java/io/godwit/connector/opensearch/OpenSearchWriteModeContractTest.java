package io.godwit.connector.opensearch;

import io.godwit.connector.kit.WriteModeContract;

class OpenSearchWriteModeContractTest extends WriteModeContract {
    OpenSearchWriteModeContractTest() {
        super(new IndexSink());
    }
}
