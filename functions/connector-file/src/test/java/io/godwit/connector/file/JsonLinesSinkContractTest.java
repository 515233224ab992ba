package io.godwit.connector.file;

import io.godwit.connector.kit.SinkContract;
import java.util.Map;

class JsonLinesSinkContractTest extends SinkContract {
    JsonLinesSinkContractTest() {
        super(new FolderSink(Map.of("format", "jsonl")));
    }

    @Override
    protected void crash() {
        ControlStoreServer.crash();
    }
}
