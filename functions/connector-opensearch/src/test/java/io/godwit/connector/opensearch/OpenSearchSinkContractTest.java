package io.godwit.connector.opensearch;

import io.godwit.connector.file.ControlStoreServer;
import io.godwit.connector.kit.SinkContract;

class OpenSearchSinkContractTest extends SinkContract {
    OpenSearchSinkContractTest() {
        super(new IndexSink());
    }

    @Override
    protected void crash() {
        ControlStoreServer.crash();
        OpenSearchServer.crash();
    }
}
