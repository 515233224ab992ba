package io.godwit.connector.file;

import io.godwit.connector.kit.SinkContract;
import java.util.Map;

class CsvSinkContractTest extends SinkContract {
    CsvSinkContractTest() {
        super(new FolderSink(Map.of("format", "csv")));
    }

    @Override
    protected void crash() {
        ControlStoreServer.crash();
    }
}
